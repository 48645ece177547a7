/** ServerPlan → the graph of what it consists of. Contracts that a call gets are drawn once, for all who ask for them. */
import { givenTo } from "../model/filled.js";
import { contractsIn, type ArgumentPlan, type ContractPlan, type DependencyPlan } from "../model/plan.js";
import type { PolicyPlan, ServedPlan, ServerPlan } from "../model/plan.js";
import type { Edge, Graph, GraphNode, NodeKind, ServedKind } from "./graph.js";

export type { Graph } from "./graph.js";
export { graphToHtml } from "./html.js";
export { graphToMermaid } from "./mermaid.js";
export { graphToSvg } from "./svg.js";

export function graphOf(plan: ServerPlan): Graph {
  const entries = plan.container?.entries ?? [];
  const needs = new Map<string, readonly ArgumentPlan[]>([
    ...roles.flatMap(({ kind, list }) =>
      list(plan).map((served) => [servedId(kind, served.name), givenTo(served.call)] as const),
    ),
    ...entries.map((entry) => [entryId(entry.name), entry.source.arguments] as const),
  ]);
  const edges = [...needs]
    .flatMap(([from, args]) => edgesOf(from, args))
    .concat(roles.flatMap(({ kind, list }) => list(plan).flatMap((served) => stepEdges(kind, served))));
  const given = [...needs.values()].flat().flatMap(contractOf);
  const contracts = new Map(given.map((contract) => [contract.name, contract]));
  return {
    title: plan.title ?? plan.name,
    // Entries stand after what they need: reversed, who needs something comes first.
    nodes: [
      ...roles.flatMap(({ kind, list }) => list(plan).map((served) => servedNode(kind, served))),
      ...entries.toReversed().map(entryNode),
      ...[...contracts.values()].map(contractNode),
    ],
    edges,
  };
}

interface RoleRow {
  readonly kind: ServedKind;
  readonly list: (plan: ServerPlan) => readonly ServedPlan[];
}

/** In the order in which they are drawn. */
const roles: readonly RoleRow[] = [
  { kind: "tool", list: ({ tools }) => tools },
  { kind: "resource", list: ({ resources }) => resources },
  { kind: "prompt", list: ({ prompts }) => prompts },
  { kind: "completion", list: ({ completions }) => completions },
];

function servedNode(kind: ServedKind, { name, call, filled = [], steps = [], policies }: ServedPlan): GraphNode {
  const from = [
    ...steps.map((each) => `${each.how === "fills" ? "from" : "calls"} ${each.parameter} ${each.tool}`),
    ...filled.map((each) => `from ${each.name} ${each.written}`),
  ];
  const detail = call.callee.module;
  return { id: servedId(kind, name), kind, name, detail, policies: [...from, ...policies.map(policyText)] };
}

function entryNode({ name, key, scope, source, guard }: DependencyPlan): GraphNode {
  const { kind, reference, pool } = source;
  const own = kind === "runtime" || kind === "lease" ? "" : ` · ${reference.module}`;
  const policies = [...(pool ? [policyText({ kind: "pool", options: pool.options })] : []), ...guardTexts(guard)];
  return { id: entryId(name), kind: nodeKinds[kind](scope), name, detail: `${key.name}${own}`, policies };
}

const nodeKinds: Readonly<Record<DependencyPlan["source"]["kind"], (scope: DependencyPlan["scope"]) => NodeKind>> = {
  provider: (scope) => (scope === "request" ? "request" : "provider"),
  lease: () => "request",
  runtime: () => "provided",
  config: () => "config",
};

function guardTexts(guard: DependencyPlan["guard"]): readonly string[] {
  return guard?.policies.map(policyText) ?? [];
}

function contractNode({ name, source }: ContractPlan): GraphNode {
  return {
    id: contractId(name),
    kind: "contract",
    name,
    detail: source ? "of the server" : "of the call",
    policies: [],
  };
}

/** As a comment writes it: `retry attempts=3`. */
function policyText({ kind, options }: { readonly kind: string; readonly options: PolicyPlan["options"] }): string {
  const settings = Object.entries(options).map(([name, value]) => `${name}=${[value].flat().join(",")}`);
  return [kind, ...settings].join(" ");
}

/** To the tools that it takes something of. */
function stepEdges(kind: ServedKind, { name, steps = [] }: ServedPlan): readonly Edge[] {
  return [...new Set(steps.map(({ tool }) => tool))].map((tool) => ({
    from: servedId(kind, name),
    to: servedId("tool", tool),
  }));
}

function edgesOf(from: string, args: readonly ArgumentPlan[]): readonly Edge[] {
  return args.flatMap((argument) => {
    if (argument.kind === "dependency") return [{ from, to: entryId(argument.name) }];
    return contractOf(argument).map((contract) => ({ from, to: contractId(contract.name) }));
  });
}

function contractOf(argument: ArgumentPlan): readonly ContractPlan[] {
  // A tool that is handed over is drawn as the tool that it is.
  return argument.kind === "contract" && argument.tool !== undefined ? [] : contractsIn(argument);
}

const servedId = (kind: ServedKind, name: string): string => `${kind}_${plainName(name)}`;
const entryId = (name: string): string => `entry_${plainName(name)}`;
const contractId = (name: string): string => `contract_${name}`;

/** Letters, digits and underscores, as Mermaid takes them: a dash may be part of a line there. */
function plainName(name: string): string {
  return name.replace(/\W/g, (char) => `_x${char.charCodeAt(0).toString(16)}_`);
}
