/** All tools → generated/client.ts: a method for each, with the types and the codecs of its arguments and its result. */
import type { ServerPlan, ToolPlan } from "../../model/plan.js";
import type { ObjectNode, SchemaReference, TypeNode } from "../../model/types.js";
import { atom, call, object, type Code } from "../code/code.js";
import { layOut } from "../code/layout.js";
import { createModule, type Module } from "../code/module.js";
import { toCamelCase } from "../code/names.js";
import { docComment, propertyKey, stringLiteral } from "../code/text.js";
import { textWidth } from "../code/width.js";
import { fillFrame } from "../frames/frames.js";
import { declareDefinitions, type DefinitionScope } from "../schemas/definitions.js";
import { objectToZod, typeToZod } from "../schemas/zod-schema.js";
import type { CodecName, ZodScope } from "../schemas/zod-scope.js";
import type { SharedType, SharedTypes } from "../files/shared-types.js";
import { textFormOf, type TextForm } from "./text-form.js";

export interface ClientFile {
  readonly text: string;
  readonly imports: readonly string[];
}

type Direction = ZodScope["direction"];

/** What the file declares beside the tools' methods, and the parameter that would hide a method's constant. */
const declared = ["createClient", "client", "ToolError", "ServerClient"];

const runtime = "./runtime/calling/method.js";

/** Without a tool there is nothing to call. */
export function hasClientFile({ hasClient, tools }: Pick<ServerPlan, "hasClient" | "tools">): boolean {
  return hasClient && tools.length > 0;
}

export function renderClient({ tools, definitions }: ServerPlan, shared: SharedTypes): ClientFile {
  const module = createModule(declared);
  const toolMethod = use(module, "toolMethod");
  const toolClient = module.use({ from: runtime, name: "ToolClient", isType: true });
  const constants = tools.map(({ name }) => module.names.allocate(toCamelCase(name), "Method"));
  const { declarations, scopeOf } = declareTypes(tools, { module, definitions, shared });
  const methods = tools.map((tool, index) => {
    const head = `const ${constants[index] ?? tool.name} = `;
    const options = object([
      { key: "tool", value: atom(stringLiteral(tool.name), "string") },
      { key: "input", value: objectToZod(tool.input, scopeOf("input"), "optional") },
      { key: "read", value: readerOf(tool, { module, definitions, scope: scopeOf("output") }) },
    ]);
    return `${head}${layOut(call(toolMethod, [options]), { indent: 0, column: textWidth(head), rest: 1 })};`;
  });
  const text = fillFrame("client.ts", {
    imports: module.imports(),
    declarations: [...declarations(), ...methods],
    toolClient,
    methods: tools.map(
      ({ name, description }, index) =>
        `${docComment(description, 4)}    ${propertyKey(name)}: ${constants[index] ?? name}(client),`,
    ),
  });
  return { text, imports: module.specifiers() };
}

type RuntimeName = keyof typeof import("../../../templates/runtime/calling/method.js");

function use(module: Module, name: RuntimeName): string {
  return module.use({ from: runtime, name });
}

interface ReaderParts extends Pick<ServerPlan, "definitions"> {
  readonly module: Module;
  readonly scope: ZodScope;
}

/** As clients see the result: of a batch or a stream, all that the tool answers. */
function readerOf({ result }: ToolPlan, { module, definitions, scope }: ReaderParts): Code {
  switch (result.kind) {
    case "structured":
      return call(use(module, result.wrapped ? "readWrapped" : "readStructure"), [typeToZod(result.type, scope)]);
    case "text": {
      const form = textFormOf(result.type, definitions);
      return form === "either"
        ? atom(use(module, "readPlainText"), "word")
        : call(use(module, readers[form]), [typeToZod(result.type, scope)]);
    }
    case "empty":
      return atom(use(module, "readNothing"), "word");
    case "content":
    case "media":
      return atom(use(module, "readAnswer"), "word");
  }
}

const readers: Readonly<Record<Exclude<TextForm, "either">, RuntimeName>> = { string: "readText", json: "readJson" };

interface TypeParts extends Pick<ServerPlan, "definitions"> {
  readonly module: Module;
  readonly shared: SharedTypes;
}

interface DeclaredTypes {
  /** Once everything has been asked for: objects that several tools need, then recursive types. */
  readonly declarations: () => readonly string[];
  readonly scopeOf: (direction: Direction) => ZodScope;
}

function declareTypes(tools: readonly ToolPlan[], { module, definitions, shared }: TypeParts): DeclaredTypes {
  const base = {
    side: "client" as const,
    z: module.use({ from: "zod", name: "z" }),
    codec: (name: CodecName) => module.use({ from: "./runtime/codecs/index.js", name }),
    own: ({ export: schema }: SchemaReference): Code => {
      throw new Error(`${schema} is the server's: a client does not load it`);
    },
  };
  const objects = declareShared(module, shared, base);
  const given: DefinitionScope = { ...base, module, definitions, shared: objects.find };
  const results = tools.flatMap((tool) => decodedIn(tool, definitions));
  const recursive = {
    input: declareDefinitions(together(tools.map(({ input }) => input)), "input", given),
    output: declareDefinitions(together(results), "output", given),
  };
  return {
    declarations: () => [...objects.texts, ...recursive.input.texts, ...recursive.output.texts],
    scopeOf: (direction) => recursive[direction].scope,
  };
}

interface SharedObjects {
  readonly texts: readonly string[];
  readonly find: (type: ObjectNode, direction: Direction) => Code | undefined;
}

/** Each is declared where it is first asked for, after all that it is made of. */
function declareShared(
  module: Module,
  shared: SharedTypes,
  base: Pick<ZodScope, "side" | "z" | "codec" | "own">,
): SharedObjects {
  const texts: string[] = [];
  const known = new Map<SharedType, string>();
  const find: SharedObjects["find"] = (type, direction) => {
    const found = type.declared === undefined ? undefined : shared.find(type, direction);
    return found && atom(known.get(found) ?? declare(found), "word");
  };
  const declare = (found: SharedType): string => {
    const { constant, direction, type } = found;
    const code = objectToZod(type, {
      ...base,
      direction,
      shared: (inner) => find(inner, direction),
      reference: (name) => {
        throw new Error(`${name} is recursive, and no part of what is shared`);
      },
    });
    const local = module.names.allocate(constant, "Schema");
    known.set(found, local);
    const head = `const ${local} = `;
    texts.push(`${head}${layOut(code, { indent: 0, column: textWidth(head), rest: 1 })};`);
    return local;
  };
  return { texts, find };
}

/** One root, so that a recursive type is declared once for all tools. */
function together(types: readonly TypeNode[]): TypeNode {
  return { kind: "tuple", elements: types.map((type) => ({ type, optional: false })) };
}

/** What of a result is decoded. */
function decodedIn({ result }: ToolPlan, definitions: ServerPlan["definitions"]): readonly TypeNode[] {
  const isRead = result.kind === "text" && textFormOf(result.type, definitions) !== "either";
  return result.kind === "structured" || isRead ? [result.type] : [];
}
