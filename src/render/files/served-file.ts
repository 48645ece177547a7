/** What is served → its file: generated/tools/<name>.ts, generated/resources/<name>.ts and so on. */
import type { Definition } from "../../model/api.js";
import { givenTo } from "../../model/filled.js";
import { contractsIn, type ServedPlan } from "../../model/plan.js";
import type { ProjectPlan } from "../../model/project/project.js";
import type { ObjectNode } from "../../model/types.js";
import { scopeLiterals } from "./auth-file.js";
import { isFilling, renderSteps, renderTools, type ChainParts } from "./chain-code.js";
import {
  checkedConstant,
  formsConstant,
  isRequired,
  memberAccess,
  renderCall,
  requireCaller,
  upToLast,
} from "./call-code.js";
import { array, atom, call, type Code } from "../code/code.js";
import { declareDefinitions, type DefinitionScope } from "../schemas/definitions.js";
import { jsonToCode } from "../code/json-code.js";
import { layOut } from "../code/layout.js";
import { createModule, type Module } from "../code/module.js";
import { allocateBeside, toCamelCase, withReserved } from "../code/names.js";
import { importOfModule } from "../code/paths.js";
import { fillPolicies, renderChecked, withChecked } from "./filled-code.js";
import { renderForms } from "./form-code.js";
import { describeOrder, renderPolicies } from "./policy-code.js";
import { resultType } from "./result-type.js";
import { toolSuffix, type ServedForm } from "./served-forms.js";
import { schemaScope, type SharedTypes } from "./shared-types.js";
import { fillFrame } from "../frames/frames.js";
import type { ServedView } from "../frames/views.js";
import { lineComment, stringLiteral } from "../code/text.js";
import { workerCall } from "./workers-file.js";
import { objectToZod, typeToZod } from "../schemas/zod-schema.js";
import type { ZodScope } from "../schemas/zod-scope.js";

type Definitions = Readonly<Record<string, Definition>>;

/** What the file itself declares, beside what it exports. */
const declared = [
  "z",
  "define",
  "defineTool",
  "defineBatch",
  "definePages",
  "defineCollection",
  "input",
  "item",
  "output",
  checkedConstant,
  formsConstant,
];

export interface ServedFile {
  readonly text: string;
  readonly imports: readonly string[];
}

export interface ServedParts {
  readonly definitions: Definitions;
  readonly project: ProjectPlan;
  /** By a tool's name, its file, without extension. */
  readonly toolFiles: ReadonlyMap<string, string>;
  readonly shared: SharedTypes;
}

const used = withReserved(declared);

/** The name that the file exports. */
export function constantOf({ name }: Pick<ServedPlan, "name">, suffix: string): string {
  return allocateBeside(used, `${toCamelCase(name)}${suffix}`, "Definition");
}

export function renderServed(served: ServedPlan, form: ServedForm, parts: ServedParts): ServedFile {
  const { project } = parts;
  const constant = constantOf(served, form.suffix);
  const taken = form.taken.name;
  const module = createModule([taken, "output", checkedConstant, formsConstant, constant]);
  const schemaNames = schemaScope(module, parts, "generated/tools");
  const define = module.use(form.define);
  const { callee } = served.call;
  const local = importCallee(served, module, project);
  const schemas = renderSchemas(served, form, schemaNames);
  const results = form.results(module);
  const policies = fillPolicies(renderPolicies(served.policies, module, "../runtime"), served, module);
  const authorization = renderScopes(served, module);
  const needs = needsOf(served);
  const chained: ChainParts = { module, project, local, useTool: useTools(module, form, parts.toolFiles) };
  const steps = renderSteps(served, chained);
  const tools = renderTools(served, chained);
  const calling = callingOf(served, module, local);
  const errors = served.errors === undefined ? array([]) : call(showErrors(module), [jsonToCode(served.errors)]);
  const text = fillFrame("served.ts", {
    source: lineComment(callee.module),
    imports: module.imports(),
    taken,
    ...schemas,
    constant,
    define,
    name: stringLiteral(served.name),
    marks: form.marks,
    sizes: form.sizes,
    results,
    hasErrors: served.errors !== undefined,
    errors: layOut(errors, { indent: 2, column: "  errors: ".length, rest: 1 }),
    order: describeSteps(served, form, nameOfCalled(served, local)),
    ...authorization,
    hasPolicies: served.policies.length > 0,
    policies: layOut(policies, { indent: 2, column: "  policies: ".length, rest: 1 }),
    hasTools: served.steps?.some((each) => !isFilling(each)) ?? false,
    tools: layOut(tools, { indent: 2, column: "  tools: ".length, rest: 1 }),
    hasSteps: served.steps?.some(isFilling) ?? false,
    steps: layOut(steps, { indent: 2, column: "  steps: ".length, rest: 1 }),
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

function showErrors(module: Module): string {
  return module.use({ from: "../runtime/errors/show.js", name: "showErrors" });
}

/** The local name of it, or of the object that it is a member of. What is called on an instance needs no import. */
function importCallee(served: ServedPlan, module: Module, project: ProjectPlan): string {
  const { callee, instance, worker } = served.call;
  if (instance) return "";
  return module.use({
    from: importOfModule(callee.module, project),
    name: callee.export,
    ...importedAs(served),
    suffix: callee.member === undefined ? "Function" : "Methods",
    // A thread loads it, not the server.
    ...(worker && { isType: true }),
  });
}

function nameOfCalled({ call: { callee, instance } }: ServedPlan, local: string): string {
  const on = instance?.kind === "dependency" ? instance.name : local;
  return callee.member === undefined ? local : `${on}${memberAccess(callee.member)}`;
}

/** `validate → retry → thread → findName`. */
function describeSteps(
  { call, policies, scopes, steps = [] }: ServedPlan,
  { taken }: ServedForm,
  callee: string,
): string {
  const first = steps.filter(isFilling).map(({ tool }) => tool);
  const others = first.length === 0 ? "" : `${first.join(" + ")} → `;
  const inner = describeOrder(policies, `${others}${call.worker ? `thread → ${callee}` : callee}`);
  const before = `${scopes.length > 0 ? "authorize → " : ""}${taken.name === "item" ? "for each item: " : ""}`;
  return `validate → ${before}${inner}`;
}

/** The definition of a tool, in the file of what takes it. */
function useTools(module: Module, { suffix }: ServedForm, files: ServedParts["toolFiles"]): ChainParts["useTool"] {
  const folder = suffix === toolSuffix ? "." : "../tools";
  return (name) =>
    module.use({ from: `${folder}/${files.get(name) ?? name}.js`, name: constantOf({ name }, toolSuffix) });
}

type Authorization = Pick<ServedView, "hasOrder" | "hasScopes" | "authorize">;

function renderScopes({ scopes, policies, steps }: ServedPlan, module: Module): Authorization {
  const hasOrder = policies.length > 0 || (steps?.some(isFilling) ?? false);
  if (scopes.length === 0) return { hasOrder, hasScopes: false, authorize: "" };
  const requireScopes = module.use({ from: "../runtime/auth/require-scopes.js", name: "requireScopes" });
  const code = call(requireScopes, scopeLiterals(scopes));
  const text = layOut(code, { indent: 2, column: "  authorize: ".length, rest: 1 });
  return { hasOrder: true, hasScopes: true, authorize: text };
}

/** `local`: the function's name in the file. */
function callingOf(served: ServedPlan, module: Module, local: string): Code {
  return renderCall(served.call, {
    callee: local,
    given: givenType(served, module),
    ...(served.call.worker && {
      worker: {
        inWorker: module.use({ from: `../runtime/${workerCall.module}`, name: workerCall.name }),
        tool: served.name,
      },
    }),
    ...(served.call.arguments.some(isRequired) && {
      requireCaller: module.use({ from: `../runtime/${requireCaller.module}`, name: requireCaller.name }),
    }),
    ...(served.call.always !== undefined && {
      upToLast: module.use({ from: `../runtime/${upToLast.module}`, name: upToLast.name }),
    }),
  });
}

/** What its call takes of the container, by name. */
export function needsOf({ call }: ServedPlan): readonly string[] {
  return [...new Set(givenTo(call).flatMap((argument) => (argument.kind === "dependency" ? [argument.name] : [])))];
}

/** The type of what is injected: inferred, unless the container makes some of it. */
function givenType(served: ServedPlan, module: Module): string {
  if (needsOf(served).length === 0) return "";
  const dependencies = module.use({ from: "../container.js", name: "Dependencies", isType: true });
  if (!served.call.arguments.some((each) => contractsIn(each).length > 0)) return dependencies;
  const contracts = module.use({ from: "../runtime/call/tool-call.js", name: "Contracts", isType: true });
  return `${contracts} & ${dependencies}`;
}

/** A default export has no name of its own here. */
function importedAs({ name, call: { callee } }: ServedPlan): { readonly as?: string } {
  if (callee.export !== "default") return {};
  return { as: callee.member === undefined ? toCamelCase(name) : toCamelCase(fileName(callee.module)) };
}

/** What a default export is taken for where the tool has another name: `src/orders.ts` gives `orders`. */
function fileName(module: string): string {
  return (
    module
      .replace(/\.[cm]?ts$/, "")
      .split("/")
      .at(-1) ?? ""
  );
}

interface Schemas {
  readonly declarations: readonly string[];
  readonly input: string;
  readonly hasOutput: boolean;
  readonly output: string;
  /** Declared beside them. */
  readonly constants: readonly string[];
}

/** Arguments first, then the result; what both are made of is declared for each, as inputs are strict and outputs are not. */
function renderSchemas(served: ServedPlan, { taken, checked }: ServedForm, given: DefinitionScope): Schemas {
  const input = declareDefinitions(withChecked(taken.type, served), "input", given);
  const constants = [...renderChecked(served, given.module, input.scope), ...renderForms(served, given.module)];
  const inputText = layOutConstant(taken.name, argumentsToZod(taken.type, served, input.scope));
  const type = resultType(checked);
  if (!type) return { declarations: input.texts, input: inputText, hasOutput: false, output: "", constants };
  const output = declareDefinitions(type, "output", given);
  return {
    declarations: [...input.texts, ...output.texts],
    input: inputText,
    hasOutput: true,
    output: layOutConstant("output", typeToZod(type, output.scope)),
    constants,
  };
}

/** Arguments that the call takes apart are undefined when they are absent, as any parameter that is left out. */
function argumentsToZod(taken: ObjectNode, { call }: ServedPlan, scope: ZodScope): Code {
  if (call.arguments.some((argument) => argument.kind === "all")) return typeToZod(taken, scope);
  return objectToZod(taken, scope, "optional");
}

function layOutConstant(name: string, code: Code): string {
  return layOut(code, { indent: 0, column: `const ${name} = `.length, rest: 1 });
}
