/** The configurations of a server → test/settings.ts: what its tests have in place of the environment, for the user to change. */
import type { ConfigMember, ConfigVariable } from "../../model/config.js";
import type { JsonValue } from "../../model/json.js";
import type { ContainerPlan } from "../../model/plan.js";
import type { TypeNode } from "../../model/types.js";
import { codecRow, type CodecKind } from "../../language/codecs.js";
import { sampleScalar } from "../../language/samples.js";
import { array, atom, call, object, type Code, type Entry } from "../code/code.js";
import { isConfig } from "../files/config-file.js";
import { jsonToCode } from "../code/json-code.js";
import { layOut } from "../code/layout.js";
import { fillFrame } from "../frames/frames.js";
import { propertyKey } from "../code/text.js";
import { variableText } from "../schemas/variable-zod.js";

/** Absent where a server starts without a word in its environment. */
export function renderTestSettings(container: ContainerPlan | undefined): string | undefined {
  const configs = (container?.entries ?? []).filter(isConfig);
  if (!configs.some(({ source }) => source.members.some(isRequired))) return undefined;
  const entries = configs.map(({ name, source }) => ({ key: propertyKey(name), value: membersToCode(source.members) }));
  const settings = layOut(object(entries), { indent: 0, column: "export const settings = ".length, rest: 1 });
  return fillFrame("settings.ts", { settings });
}

function isRequired(member: ConfigMember): boolean {
  if (member.kind === "group") return !member.optional && member.members.some(isRequired);
  return member.optional === false && member.default === undefined && !isNullable(member);
}

function isNullable({ type }: ConfigVariable): boolean {
  return type.kind === "union" && type.members.some(({ kind }) => kind === "null");
}

/** What may be left out is. */
function membersToCode(members: readonly ConfigMember[]): Code {
  return object(
    members.flatMap((member): readonly Entry[] => {
      const key = propertyKey(member.name);
      if (member.kind === "group") return member.optional ? [] : [{ key, value: membersToCode(member.members) }];
      if (member.default === undefined && isNullable(member)) return [{ key, value: atom("null", "word") }];
      if (member.default === undefined && member.optional !== false)
        return member.optional === "absent" ? [] : [{ key, value: atom("undefined", "word") }];
      const { default: initial, examples: [example] = [] } = member;
      return [{ key, value: valueToCode(member.type, initial ?? example) }];
    }),
  );
}

/** A value of the type: the given one, in the form that JSON has of it, or one that is made up. */
function valueToCode(type: TypeNode, given: JsonValue | undefined): Code {
  switch (type.kind) {
    case "codec":
      return codecToCode(type.codec, given === undefined ? type.values?.[0] : variableText(given));
    case "array":
      return itemsToCode(type.element, given);
    case "set":
      return call("new Set", [itemsToCode(type.element, given)]);
    case "union": {
      const [first = type] = type.members;
      return valueToCode(given === undefined ? first : scalarOf(type.members, given), given);
    }
    default:
      return jsonToCode(given ?? sampleScalar(type));
  }
}

/** What JSON writes as itself can be any of the members. */
function scalarOf(members: readonly TypeNode[], given: JsonValue): TypeNode {
  const isText = typeof given === "string";
  const codec = members.find(({ kind }) => kind === "codec");
  const texts = members.some(({ kind }) => kind === "string" || kind === "enum" || kind === "literal");
  return isText && codec && !texts ? codec : { kind: "string" };
}

function itemsToCode(element: TypeNode, given: JsonValue | undefined): Code {
  const items = Array.isArray(given) ? (given as readonly JsonValue[]) : [undefined];
  return array(items.map((item) => valueToCode(element, item)));
}

function codecToCode(codec: CodecKind, text: string | undefined): Code {
  const { sample, code } = codecRow(codec);
  const wire = text ?? sample;
  return "literal" in code ? atom(code.literal(wire), "number") : call(code.call, code.arguments(wire).map(jsonToCode));
}
