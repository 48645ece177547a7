/** ToolPlan → generated/tools/<tool>.ts. */
import type { Definition } from "../../model/api.js";
import type { BatchPlan, ProjectPlan, ResultPlan, ToolPlan } from "../../model/plan.js";
import type { ObjectNode, SchemaReference, TypeNode } from "../../model/types.js";
import { scopeLiterals } from "./auth-file.js";
import { isRequired, renderCall, requireCaller } from "./call-code.js";
import { array, atom, call, type Code } from "../code/code.js";
import { declareDefinitions, type DefinitionScope } from "../schemas/definitions.js";
import { jsonToCode } from "../code/json-code.js";
import { layOut } from "../code/layout.js";
import { createModule, type Module } from "../code/module.js";
import { createNames, toCamelCase } from "../code/names.js";
import { importOfModule } from "../code/paths.js";
import { describeOrder, renderPolicies } from "./policy-code.js";
import { fillFrame } from "../frames/frames.js";
import type { ToolView } from "../frames/views.js";
import { lineComment, stringLiteral } from "../code/text.js";
import { workerCall } from "./workers-file.js";
import { objectToZod, typeToZod } from "../schemas/zod-schema.js";
import type { ZodScope } from "../schemas/zod-scope.js";

type Definitions = Readonly<Record<string, Definition>>;

/** What the file itself declares, beside its tool. */
const declared = ["z", "defineTool", "defineBatch", "input", "item", "output"];

const defineTool = { from: "../runtime/index.js", name: "defineTool" };
const defineBatch = { from: "../runtime/tools/batch.js", name: "defineBatch" };

/** The name that the file exports. */
export function toolConstant(tool: ToolPlan): string {
  return createNames(declared).allocate(`${toCamelCase(tool.name)}Tool`, "Definition");
}

export interface ToolFile {
  readonly text: string;
  readonly imports: readonly string[];
}

export interface ToolParts {
  readonly definitions: Definitions;
  readonly project: ProjectPlan;
}

export function renderTool(tool: ToolPlan, { definitions, project }: ToolParts): ToolFile {
  const constant = toolConstant(tool);
  const { batch } = tool;
  const taken = batch ? "item" : "input";
  const module = createModule([taken, "output", constant]);
  const z = module.use({ from: "zod", name: "z" });
  const define = module.use(batch ? defineBatch : defineTool);
  const { callee } = tool.call;
  const local = module.use({
    from: importOfModule(callee.module, project),
    name: callee.export,
    ...importedAs(tool),
    suffix: "Function",
    // A thread loads it, not the server.
    ...(tool.call.worker && { isType: true }),
  });
  const codec = (name: string) => module.use({ from: "../runtime/codecs/index.js", name });
  const schemas = renderSchemas(tool, { module, definitions, z, codec, own: ownSchemas(module, project) });
  const [policies, authorization] = [renderPolicies(tool.policies, module, "../runtime"), renderScopes(tool, module)];
  const needs = needsOf(tool);
  const calling = renderCall(tool.call, {
    callee: local,
    given: givenType(tool, module),
    ...(tool.call.worker && {
      worker: {
        inWorker: module.use({ from: `../runtime/${workerCall.module}`, name: workerCall.name }),
        tool: tool.name,
      },
    }),
    ...(tool.call.arguments.some(isRequired) && {
      requireCaller: module.use({ from: `../runtime/${requireCaller.module}`, name: requireCaller.name }),
    }),
  });
  const text = fillFrame("tool.ts", {
    source: lineComment(callee.module),
    imports: module.imports(),
    taken,
    ...schemas,
    constant,
    define,
    name: stringLiteral(tool.name),
    sizes: batch ? sizesOf(batch, tool.result) : [],
    result: stringLiteral((batch ?? tool).result.kind),
    isWrapped: tool.result.kind === "structured" && tool.result.wrapped !== undefined,
    hasErrors: tool.errors !== undefined,
    errors: layOut(jsonToCode(tool.errors ?? []), { indent: 2, column: "  errors: ".length, rest: 1 }),
    order: describeSteps(tool, local),
    ...authorization,
    hasPolicies: tool.policies.length > 0,
    policies: layOut(policies, { indent: 2, column: "  policies: ".length, rest: 1 }),
    hasNeeds: needs.length > 0,
    needs: layOut(array(needs.map((need) => atom(stringLiteral(need), "string"))), {
      indent: 2,
      column: "  needs: ".length,
      rest: 1,
    }),
    call: layOut(calling, { indent: 2, column: "  call: ".length, rest: 1 }),
  });
  return { text, imports: module.specifiers() };
}

function sizesOf({ max, concurrency, coalesces }: BatchPlan, { kind }: ResultPlan): readonly string[] {
  return [
    `max: ${max}`,
    `concurrency: ${concurrency}`,
    ...(coalesces ? ["coalesces: true"] : []),
    ...(kind === "text" ? ["asText: true"] : []),
  ];
}

/** `validate → retry → thread → findName`. */
function describeSteps({ batch, call, policies, scopes }: ToolPlan, callee: string): string {
  const steps = describeOrder(policies, call.worker ? `thread → ${callee}` : callee);
  return `validate → ${scopes.length > 0 ? "authorize → " : ""}${batch ? "for each item: " : ""}${steps}`;
}

type Authorization = Pick<ToolView, "hasOrder" | "hasScopes" | "authorize">;

function renderScopes({ scopes, policies }: ToolPlan, module: Module): Authorization {
  if (scopes.length === 0) return { hasOrder: policies.length > 0, hasScopes: false, authorize: "" };
  const requireScopes = module.use({ from: "../runtime/auth/require-scopes.js", name: "requireScopes" });
  const code = call(requireScopes, scopeLiterals(scopes));
  const text = layOut(code, { indent: 2, column: "  authorize: ".length, rest: 1 });
  return { hasOrder: true, hasScopes: true, authorize: text };
}

/** Imported beside the function, and called by what hands it the decoded value. */
function ownSchemas(module: Module, project: ProjectPlan): DefinitionScope["own"] {
  return (schema: SchemaReference) => {
    const checkedBy = module.use({ from: "../runtime/codecs/checked-by.js", name: "checkedBy" });
    const from = importOfModule(schema.module, project);
    return call(checkedBy, [atom(module.use({ from, name: schema.export, suffix: "Schema" }), "word")]);
  };
}

/** What its call takes of the container, by name. */
export function needsOf({ call }: ToolPlan): readonly string[] {
  return call.arguments.flatMap((argument) => (argument.kind === "dependency" ? [argument.name] : []));
}

/** The type of what is injected: inferred, unless the container makes some of it. */
function givenType(tool: ToolPlan, module: Module): string {
  if (needsOf(tool).length === 0) return "";
  const dependencies = module.use({ from: "../container.js", name: "Dependencies", isType: true });
  if (!tool.call.arguments.some(({ kind }) => kind === "contract")) return dependencies;
  const contracts = module.use({ from: "../runtime/call/tool-call.js", name: "Contracts", isType: true });
  return `${contracts} & ${dependencies}`;
}

/** A default export has no name of its own here. */
function importedAs(tool: ToolPlan): { readonly as?: string } {
  return tool.call.callee.export === "default" ? { as: toCamelCase(tool.name) } : {};
}

interface Schemas {
  readonly declarations: readonly string[];
  readonly input: string;
  readonly hasOutput: boolean;
  readonly output: string;
}

/** Arguments first, then the result; what both are made of is declared for each, as inputs are strict and outputs are not. */
function renderSchemas(tool: ToolPlan, given: DefinitionScope): Schemas {
  const taken = tool.batch?.item ?? tool.input;
  const input = declareDefinitions(taken, "input", given);
  const inputText = layOutConstant(tool.batch ? "item" : "input", argumentsToZod(taken, tool, input.scope));
  const type = resultType((tool.batch ?? tool).result);
  if (!type) return { declarations: input.texts, input: inputText, hasOutput: false, output: "" };
  const output = declareDefinitions(type, "output", given);
  return {
    declarations: [...input.texts, ...output.texts],
    input: inputText,
    hasOutput: true,
    output: layOutConstant("output", typeToZod(type, output.scope)),
  };
}

/** Arguments that the call takes apart are undefined when they are absent, as any parameter that is left out. */
function argumentsToZod(taken: ObjectNode, { call }: ToolPlan, scope: ZodScope): Code {
  if (call.arguments.some((argument) => argument.kind === "all")) return typeToZod(taken, scope);
  return objectToZod(taken, scope, "optional");
}

/** Absent where there is nothing to check. */
function resultType(result: ResultPlan): TypeNode | undefined {
  if (result.kind === "empty" || result.kind === "content") return undefined;
  return result.type.kind === "unknown" ? undefined : result.type;
}

function layOutConstant(name: string, code: Code): string {
  return layOut(code, { indent: 0, column: `const ${name} = `.length, rest: 1 });
}
