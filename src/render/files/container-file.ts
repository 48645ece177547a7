/** ContainerPlan → generated/container.ts: straight-line code that makes what tools need, in the order of the plan. */
import { callMembers } from "../../language/injected/injected.js";
import { upperFirst } from "../../model/text.js";
import type {
  ContainerPlan,
  DependencyArgument,
  DependencyPlan,
  DependencySource,
  GuardPlan,
  PoolPlan,
  ServerPlan,
} from "../../model/plan.js";
import type { ProjectPlan } from "../../model/project/project.js";
import { bind, isRequired, orNull, requireCaller } from "./call-code.js";
import { renderClaims, type ReadClaims } from "./filled-code.js";
import { array, atom, call, object } from "../code/code.js";
import { configConstant, isConfig, type ConfigEntry } from "./config-file.js";
import { layOut, printWidth } from "../code/layout.js";
import { jsonToCode } from "../code/json-code.js";
import { createModule, type Module } from "../code/module.js";
import { createNames } from "../code/names.js";
import { importOfModule } from "../code/paths.js";
import { describeOrder, renderPolicies } from "./policy-code.js";
import { fillFrame } from "../frames/frames.js";
import { propertyKey, stringLiteral } from "../code/text.js";
import { textWidth } from "../code/width.js";
import { schemaScope, type SharedTypes } from "./shared-types.js";

/** What the file itself declares or takes as a parameter. */
const declared = ["open", "openSingletons", "openRequest", "container", "Dependencies", "Singletons"];

/** What belongs to a call. A row whose member is none of the runtime's `Contracts` does not compile. */
const ofCalls: readonly (keyof import("../../../templates/runtime/call/tool-call.js").Contracts)[] = callMembers;

/** What it imports from the runtime under that very name. */
const ofRuntime = ["defineContainer", "Opening", "Contracts", requireCaller.name];

export interface ContainerFile {
  readonly text: string;
  readonly imports: readonly string[];
}

export interface ContainerParts {
  readonly project: ProjectPlan;
  readonly definitions: ServerPlan["definitions"];
  readonly shared: SharedTypes;
}

export function renderContainer({ entries }: ContainerPlan, parts: ContainerParts): ContainerFile {
  const scope = createScope(entries, parts);
  scope.module.use({ from: "./runtime/container/container.js", name: "defineContainer" });
  scope.module.use({ from: "./runtime/container/container.js", name: "Opening", isType: true });
  const guards = entries.flatMap((entry) => (entry.guard ? [renderGuard(entry.name, entry.guard, scope)] : []));
  const singletons = entries.filter((entry) => entry.scope === "singleton");
  const requests = entries.filter((entry) => entry.scope === "request");
  const openSingletons = singletons.length > 0 ? [renderSingletons(singletons, scope)] : [];
  const openRequest = requests.length > 0 ? [renderRequest(requests, scope)] : [];
  const both = singletons.length > 0 && requests.length > 0;
  const types = [
    ...(both ? ["Singletons"] : openSingletons.map(({ type }) => type)),
    ...openRequest.map(({ type }) => type),
  ];
  const text = fillFrame("container.ts", {
    imports: scope.module.imports(),
    declarations: [
      ...scope.claims.texts,
      ...guards,
      ...openSingletons.map((opener) => opener.text),
      ...(both ? openSingletons.map(({ type }) => `type Singletons = ${type};`) : []),
      ...openRequest.map((opener) => opener.text),
    ],
    dependencies: types.join(" & "),
    providers: entries.map(renderEntry),
    members: [...openSingletons, ...openRequest].map(({ name }) => name),
  });
  return { text, imports: scope.module.specifiers() };
}

interface ContainerScope {
  readonly module: Module;
  readonly project: ProjectPlan;
  /** The variable of each entry, and of each contract by its member's name: no member is an entry's name too. */
  readonly locals: ReadonlyMap<string, string>;
  /** The constant that holds the guard of an entry. */
  readonly guards: ReadonlyMap<string, string>;
  /** What reads the callers whose claims providers name. */
  readonly claims: ReadClaims;
}

function createScope(entries: readonly DependencyPlan[], parts: ContainerParts): ContainerScope {
  const names = createNames([...declared, ...ofRuntime]);
  const members = [...entries.map(({ name }) => name), ...ofCalls];
  const locals = new Map(members.map((name) => [name, names.allocate(name, "Dependency")]));
  const guarded = entries.filter(({ guard }) => guard);
  const guards = new Map(guarded.map(({ name }) => [name, names.allocate(`guard${upperFirst(name)}`, "Policies")]));
  const module = createModule([...declared, ...locals.values(), ...guards.values()]);
  const claims = renderClaims(entries, module.names, schemaScope(module, parts, "generated"));
  return { module, project: parts.project, locals, guards, claims };
}

/** One for all that the provider makes: a circuit, a queue, a budget of retries. */
function renderGuard(name: string, { methods, policies }: GuardPlan, { module, guards }: ContainerScope): string {
  const constant = guards.get(name) ?? "";
  const guard = module.use({ from: importOfRuntime("policies/guard.ts"), name: "guard", suffix: "Methods" });
  const parts = object([
    { key: "name", value: atom(stringLiteral(name), "string") },
    { key: "methods", value: array(methods.map((method) => atom(stringLiteral(method), "string"))) },
    { key: "policies", value: renderPolicies(policies, module, "./runtime") },
  ]);
  const start = `const ${constant} = `;
  const code = layOut(call(guard, [parts]), { indent: 0, column: start.length, rest: 1 });
  return [`/** ${describeOrder(policies, `each call of a method of \`${name}\``)} */`, `${start}${code};`].join("\n");
}

interface Opener {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

function renderSingletons(entries: readonly DependencyPlan[], scope: ContainerScope): Opener {
  const comment = "/** Made once, before the first call, and closed in reverse order after the last. */";
  return renderOpener(entries, scope, { name: "openSingletons", comment, parameters: "open: Opening" });
}

function renderRequest(entries: readonly DependencyPlan[], scope: ContainerScope): Opener {
  const comment =
    "/** Made for each call of a tool that needs it, and closed in reverse order when the call has settled. */";
  const own = new Set(entries.map(({ name }) => name));
  const args = entries.flatMap(({ source }) => source.arguments);
  const contracts = args.some((argument) => argument.kind === "contract" && !argument.contract.source);
  const singletons = args.some((argument) => argument.kind === "dependency" && !own.has(argument.name));
  const taken = [...new Set(args.flatMap(memberOf))].filter((name) => !own.has(name));
  const types = [
    ...(contracts ? [scope.module.use({ from: "./runtime/call/tool-call.js", name: "Contracts", isType: true })] : []),
    ...(singletons ? ["Singletons"] : []),
  ];
  const pattern = taken.map((name) => bind(name, scope.locals.get(name) ?? name)).join(", ");
  const given = taken.length === 0 ? "" : `, { ${pattern} }: ${types.join(" & ")}`;
  return renderOpener(entries, scope, { name: "openRequest", comment, parameters: `open: Opening${given}` });
}

function memberOf(argument: DependencyArgument): readonly string[] {
  if (argument.kind === "absent" || (argument.kind === "contract" && argument.contract.source)) return [];
  return [argument.kind === "contract" ? argument.contract.member : argument.name];
}

interface OpenerHead {
  readonly name: string;
  readonly comment: string;
  readonly parameters: string;
}

function renderOpener(
  entries: readonly DependencyPlan[],
  scope: ContainerScope,
  { name, comment, parameters }: OpenerHead,
): Opener {
  const configs = entries.filter(isConfig);
  const made = entries.filter((entry) => !isConfig(entry));
  const groups = [...new Set(made.map(({ group }) => group))].sort((a, b) => a - b);
  const statements = [
    ...(configs.length > 0 ? [renderConfigs(configs, scope)] : []),
    ...groups.flatMap((group) =>
      renderGroup(
        made.filter((entry) => entry.group === group),
        scope,
      ),
    ),
  ];
  const isAsync = entries.some(isLater);
  const members = entries.map((entry) => ({ value: atom(bind(entry.name, localOf(entry, scope)), "word") }));
  const result = layOut(object(members), { indent: 2, column: "  return ".length, rest: 1 });
  const head = `${isAsync ? "async " : ""}function ${name}(${parameters}) {`;
  const lines = [...statements, `return ${result};`].map((line) => `  ${line}`);
  const returned = `ReturnType<typeof ${name}>`;
  const type = isAsync ? `Awaited<${returned}>` : returned;
  return { name, type, text: [comment, head, ...lines, "}"].join("\n") };
}

/** All at once, and first: what is wrong with them is said before anything is made. */
function renderConfigs(entries: readonly ConfigEntry[], scope: ContainerScope): string {
  const { module } = scope;
  const open = module.use({ from: importOfRuntime("config/open.ts"), name: "openConfigs" });
  const pattern = entries.map((entry) => bind(entry.name, localOf(entry, scope))).join(", ");
  const definitions = entries.map((entry) => {
    const constant = configConstant(entry);
    return { key: propertyKey(entry.name), value: atom(module.use({ from: "./config.js", name: constant }), "word") };
  });
  const head = `const { ${pattern} } = `;
  const opened = call(open, [atom("open", "word"), object(definitions)]);
  return `${head}${layOut(opened, { indent: 2, column: 2 + textWidth(head), rest: 1 })};`;
}

/** What needs nothing of each other: at once where it takes time. */
function renderGroup(entries: readonly DependencyPlan[], scope: ContainerScope): readonly string[] {
  const later = entries.filter(isLater);
  const now = entries.filter((entry) => !later.includes(entry));
  const [only, ...others] = later;
  const concurrent =
    only === undefined
      ? []
      : others.length === 0
        ? [`const ${localOf(only, scope)} = await ${renderMaking(only, scope)};`]
        : [renderConcurrent(later, scope)];
  return [...now.map((entry) => `const ${localOf(entry, scope)} = ${renderMaking(entry, scope)};`), ...concurrent];
}

/** The first of a pool is opened at once. */
function isLater({ source }: DependencyPlan): boolean {
  return source.form !== "value" || source.pool !== undefined;
}

/** On one line if it fits there; where it does not, prettier has the last word on the rest. */
function renderConcurrent(entries: readonly DependencyPlan[], scope: ContainerScope): string {
  const head = `const [${entries.map((entry) => localOf(entry, scope)).join(", ")}] = await Promise.all([`;
  const makings = entries.map((entry) => renderMaking(entry, scope));
  const flat = `${head}${makings.join(", ")}]);`;
  if (textWidth(flat) + 2 <= printWidth) return flat;
  return [head, ...makings.map((making) => `    ${making},`), "  ]);"].join("\n");
}

function renderMaking({ name, key, source }: DependencyPlan, scope: ContainerScope): string {
  const { module, project } = scope;
  const { kind, reference, form, pool } = source;
  const guard = [scope.guards.get(name) ?? []].flat();
  if (kind === "lease") {
    const [pool = ""] = source.arguments.map((argument) => renderArgument(argument, "never", scope));
    return `open.lease(${[stringLiteral(name), pool, ...guard].join(", ")})`;
  }
  const callee = module.use({
    from:
      kind === "runtime" ? importOfRuntime(reference.module) : importOfModule(reference.module, project, "generated"),
    name: reference.export,
    ...(reference.export === "default" && { as: source.isClass ? key.name : `${name}Provider` }),
    suffix: "Provider",
  });
  const parametersOf = source.isClass ? "ConstructorParameters" : "Parameters";
  const args = source.arguments.map((argument, index) =>
    renderArgument(argument, `${parametersOf}<typeof ${callee}>[${index}]`, scope),
  );
  const making = `() => ${source.isClass ? "new " : ""}${callee}(${args.join(", ")})`;
  if (pool !== undefined)
    return `open.promise(${stringLiteral(name)}, () => ${renderPool(pool, { form, making }, module)})`;
  return `open.${form}(${[stringLiteral(name), making, ...guard].join(", ")})`;
}

interface Making {
  readonly form: DependencySource["form"];
  readonly making: string;
}

function renderPool({ lends, options }: PoolPlan, { form, making }: Making, module: Module): string {
  const openPool = module.use({ from: importOfRuntime("pool/pool.ts"), name: "openPool" });
  const maker = `{ ${form === "generator" ? form : "make"}: ${making} }`;
  const settings = Object.keys(options).length === 0 ? [] : [jsonToCode(options).flat];
  return `${openPool}(${[stringLiteral(lends), maker, ...settings].join(", ")})`;
}

/** `type` is that of the parameter: what a brand is given its word for. */
function renderArgument(
  argument: DependencyArgument,
  type: string,
  { module, locals, claims }: ContainerScope,
): string {
  const source = argument.kind === "contract" ? argument.contract.source : undefined;
  if (source) return module.use({ from: importOfRuntime(source.module), name: source.export });
  const [member] = memberOf(argument);
  const local = member === undefined ? "undefined" : (locals.get(member) ?? member);
  const reader = claims.readers.get(argument);
  const cast = argument.kind === "contract" && argument.part?.cast ? ` as ${type}` : "";
  if (!isRequired(argument)) {
    if (reader !== undefined) return `${reader}(${local})${orNull(argument)}${cast}`;
    if (argument.kind !== "dependency") return `${local}${orNull(argument)}`;
    return `${local}${argument.orNull ? " ?? undefined" : ""}${argument.cast ? ` as ${type}` : ""}`;
  }
  const refuse = module.use({ from: importOfRuntime(requireCaller.module), name: requireCaller.name });
  const caller = `${refuse}(${local})`;
  return reader === undefined ? caller : `${reader}(${caller})${cast}`;
}

export function importOfRuntime(module: string): string {
  return `./runtime/${module.replace(/\.ts$/, ".js")}`;
}

function localOf({ name }: DependencyPlan, { locals }: ContainerScope): string {
  return locals.get(name) ?? name;
}

/** What messages about it say, and what it needs of the others. */
function renderEntry({ name, key: type, scope, source }: DependencyPlan): string {
  const { kind, reference } = source;
  const maker = kind === "runtime" ? `${type.name} (${type.module})` : `${reference.export} (${reference.module})`;
  const needs = source.arguments.flatMap((argument) => (argument.kind === "dependency" ? [argument.name] : []));
  const entry = object([
    { key: "provider", value: atom(stringLiteral(maker), "string") },
    { key: "needs", value: array(needs.map((need) => atom(stringLiteral(need), "string"))) },
    ...(scope === "request" ? [{ key: "scope", value: atom(stringLiteral("request"), "string") }] : []),
  ]);
  const key = propertyKey(name);
  return `${key}: ${layOut(entry, { indent: 4, column: 4 + textWidth(key) + 2, rest: 1 })}`;
}
