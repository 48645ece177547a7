/** Every type that the server gives, and what the stages derive from the rows. Identity decides, never a name or a shape: a `Context` of the user's own is none. */
import type { TypeKey } from "../../model/api.js";
import { isGlobal } from "../../model/keys.js";
import type { ContractPlan } from "../../model/plan.js";
import { builtIns } from "./built-ins.js";
import { contracts } from "./contracts.js";
import type { BuiltInRow, ContractRow, MethodEffect, ServerVariable } from "./injected-row.js";

export type ContractName = keyof typeof contracts;

/** Of the runtime's `Contracts`. */
type ContractMember = (typeof contracts)[ContractName]["member"];

export const contractRows: Readonly<Record<ContractName, ContractRow>> = contracts;

const contractNames = Object.keys(contracts) as readonly ContractName[];

export const contractMembers: readonly ContractMember[] = contractNames.map((name) => contracts[name].member);

/** Of what belongs to a call. */
export const callMembers: readonly ContractMember[] = contractNames
  .filter((name) => contracts[name].scope === "call")
  .map((name) => contracts[name].member);

/** A row with its type's name. */
export type Injected =
  (ContractRow & { readonly kind: "contract"; readonly type: string }) | (BuiltInRow & { readonly kind: "builtIn" });

export const injected: readonly Injected[] = [
  ...contractNames.map((name) => ({ ...contractRows[name], kind: "contract" as const, type: name })),
  ...builtIns.map((row) => ({ ...row, kind: "builtIn" as const })),
];

export function contractOf(key: TypeKey | undefined): ContractName | undefined {
  if (!key || !isContract(key.name)) return undefined;
  const isOurs = contracts[key.name].package === "mcpgen" ? key.module === "mcpgen" : isGlobal(key);
  return isOurs ? key.name : undefined;
}

function isContract(name: string): name is ContractName {
  return Object.hasOwn(contracts, name);
}

export function builtInOf({ module, name }: TypeKey): BuiltInRow | undefined {
  return builtIns.find((each) => each.package === module && each.type === name);
}

/** What any of the rows says of a type. */
export function injectedOf(key: TypeKey | undefined): ContractRow | BuiltInRow | undefined {
  const contract = contractOf(key);
  return contract === undefined ? key && builtInOf(key) : contractRows[contract];
}

export function rowOf({ name }: ContractPlan): ContractRow {
  if (!isContract(name)) throw new Error(`the server hands over no ${name}`);
  return contractRows[name];
}

export function planContract(name: ContractName): ContractPlan {
  const row = contractRows[name];
  return { name, member: row.member, ...(row.scope === "server" && { source: row.source }) };
}

const effects: ReadonlyMap<string, MethodEffect> = new Map(
  injected.flatMap((row) => Object.entries<MethodEffect>(row.effects)),
);

/** What a method of a type of mcpgen's does; absent where it is not known. */
export function effectOf(type: string, method: string): MethodEffect | undefined {
  return effects.get(`${type}.${method}`) ?? effects.get(`${type}.*`);
}

/** Each once, also where several types read it. */
export const injectedVariables: readonly ServerVariable[] = [
  ...new Set(builtIns.flatMap(({ variables }) => variables)),
];

/** The types that `mcpgen explain` has a page of. */
export const explainedTypes: readonly string[] = injected
  .filter((row) => row.package === "mcpgen")
  .map(({ type }) => type);

/** The types that may tell who calls, as a text. */
export const tellingTypes: string = injected
  .filter((row) => row.readsCaller)
  .map(({ type }) => `\`${type}\``)
  .join(", ")
  .replace(/, (?=[^,]*$)/, " or ");
