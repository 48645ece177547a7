/** The members of an interface tagged `@config`: each is one variable of the environment, or a group of them. */
import type { JsonValue } from "./json.js";
import type { TypeNode } from "./types.js";

export type ConfigMember = ConfigVariable | ConfigGroup;

export interface ConfigVariable {
  readonly kind: "variable";
  readonly name: string;
  /** In the environment: `API_BASE_URL`. */
  readonly variable: string;
  /** A scalar, a list or a set of these, or a union of them. */
  readonly type: TypeNode;
  /** Unset, the member is left out; `undefined` where it has to be there all the same. */
  readonly optional: false | "absent" | "undefined";
  readonly secret: boolean;
  readonly default?: JsonValue;
  readonly description?: string;
  readonly examples?: readonly JsonValue[];
}

export interface ConfigGroup {
  readonly kind: "group";
  readonly name: string;
  /** Left out where none of its variables is set. */
  readonly optional: boolean;
  readonly description?: string;
  readonly members: readonly ConfigMember[];
}

/** The server does not start without it, unless the group that it is of is left out. */
export function isNeeded({ default: initial, optional, type }: ConfigVariable): boolean {
  const isNullable = type.kind === "union" && type.members.some(({ kind }) => kind === "null");
  return initial === undefined && !optional && !isNullable;
}

/** All variables, in order. */
export function variablesOf(members: readonly ConfigMember[]): readonly ConfigVariable[] {
  return members.flatMap((member) => (member.kind === "variable" ? [member] : variablesOf(member.members)));
}
