/** The templates of a tool's policies + its arguments → what is wrong with the arguments that they name. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { closest } from "../../diagnostics/suggest.js";
import { codecRow } from "../../language/codecs.js";
import type { Definition } from "../../model/api.js";
import type { Span } from "../../model/span.js";
import type { ObjectNode, Property, TypeNode } from "../../model/types.js";
import type { PolicySettings, Setting } from "./policy-settings.js";
import { policyRows } from "../../language/policies/policies.js";
import { placeWithin, type Piece } from "./policy-words.js";

type Definitions = Readonly<Record<string, Definition>>;

export interface Arguments {
  readonly input: ObjectNode;
  readonly definitions: Definitions;
}

export function checkTemplates({ name, settings }: PolicySettings, given: Arguments): readonly Diagnostic[] {
  const { keys } = policyRows[name].grammar;
  return [...settings].flatMap(([key, setting]) => {
    const kind = keys[key]?.kind;
    return kind === "template" || kind === "templates" ? checkTemplate(setting, given) : [];
  });
}

function checkTemplate({ written, span }: Setting, given: Arguments): readonly Diagnostic[] {
  const stray = /[{}]/.exec(written.replace(/\{[^{}]+\}/g, (found) => " ".repeat(found.length)));
  if (stray) {
    const place = placeWithin(span, { text: stray[0], from: stray.index });
    const help = "name an argument in braces, as in `user:{userId}`";
    return [diagnostic("MG406", `\`${written}\` has a brace that names no argument`, { span: place, help })];
  }
  return [...written.matchAll(/\{([^{}]+)\}/g)].flatMap(({ 1: path = "", index }) =>
    checkPath({ text: path, from: index + 1 }, span, given),
  );
}

/** `userId`, or `user.id` for a member of an argument. */
function checkPath(path: Piece, template: Span, { input, definitions }: Arguments): readonly Diagnostic[] {
  let type: TypeNode = input;
  let from = path.from;
  for (const name of path.text.split(".")) {
    const piece = { text: name, from };
    from += name.length + 1;
    const property: Property | undefined = propertiesOf(type, definitions).find((each) => each.name === name);
    if (!property) {
      const known = propertiesOf(type, definitions).map((each) => each.name);
      return [refuseUnknown(name, known, placeWithin(template, piece))];
    }
    type = property.type;
  }
  if (isScalar(type, definitions)) return [];
  const message = `\`${path.text}\` is not a string, number or boolean, so it cannot be part of a key`;
  return [diagnostic("MG409", message, { span: placeWithin(template, path) })];
}

function refuseUnknown(name: string, known: readonly string[], span: Span): Diagnostic {
  const meant = closest(name, known);
  const message = `there is no argument \`${name}\`${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`;
  const list = known.map((each) => `{${each}}`).join(", ");
  const help = meant !== undefined ? `write \`{${meant}}\`` : known.length > 0 ? `write one of ${list}` : undefined;
  return diagnostic("MG408", message, { span, help });
}

/** Those that all members of a union have. */
function propertiesOf(type: TypeNode, definitions: Definitions): ObjectNode["properties"] {
  if (type.kind === "reference") {
    const definition = definitions[type.name];
    return definition && definition.type.kind !== "reference" ? propertiesOf(definition.type, definitions) : [];
  }
  if (type.kind === "object") return type.properties;
  if (type.kind !== "union") return [];
  const [first = [], ...others] = type.members
    .filter(({ kind }) => kind !== "null")
    .map((member) => propertiesOf(member, definitions));
  return first.filter(({ name }) => others.every((properties) => properties.some((each) => each.name === name)));
}

const scalars: ReadonlySet<TypeNode["kind"]> = new Set([
  ...(["string", "number", "boolean", "null", "literal", "enum", "template"] as const),
]);

function isScalar(type: TypeNode, definitions: Definitions): boolean {
  if (type.kind === "union") return type.members.every((member) => isScalar(member, definitions));
  return scalars.has(type.kind) || (type.kind === "codec" && codecRow(type.codec).isKey);
}
