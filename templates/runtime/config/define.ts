// What generated/config.ts is written with: which variable each member of a configuration is read from, and what it
// may be.
import type * as z from "zod";

/** A member that is one variable of the environment; its schema takes the variable's text. */
export interface Variable<Value> {
  readonly kind: "variable";
  readonly name: string;
  readonly schema: z.ZodType<Value>;
  readonly isSecret: boolean;
}

/** A member that is left out where nothing in it is set. */
export interface OptionalMember<Inner> {
  readonly kind: "optional";
  readonly inner: Inner;
}

export interface Members {
  readonly [name: string]: Member;
}

export type Member = Variable<unknown> | Members | OptionalMember<Variable<unknown> | Members>;

type Simplify<Value> = { [Name in keyof Value]: Value[Name] };

type OptionalNames<Group> = {
  [Name in keyof Group]: Group[Name] extends OptionalMember<unknown> ? Name : never;
}[keyof Group];

/** What the members are once they are read. */
export type ValueOf<Given> =
  Given extends Variable<infer Value>
    ? Value
    : Given extends OptionalMember<infer Inner>
      ? ValueOf<Inner>
      : Simplify<
          { [Name in Exclude<keyof Given, OptionalNames<Given>>]: ValueOf<Given[Name]> } & {
            [Name in OptionalNames<Given>]?: ValueOf<Given[Name]>;
          }
        >;

export interface ConfigDefinition<Group extends Members> {
  /** The type's name and file: where its members are documented. */
  readonly name: string;
  readonly source: string;
  readonly members: Group;
}

export function defineConfig<Group extends Members>(definition: ConfigDefinition<Group>): ConfigDefinition<Group> {
  return definition;
}

export function variable<Value>(name: string, schema: z.ZodType<Value>): Variable<Value> {
  return { kind: "variable", name, schema, isSecret: false };
}

/** Its value is never shown: not in messages, and not in the log either. */
export function secret<Value>(name: string, schema: z.ZodType<Value>): Variable<Value> {
  return { kind: "variable", name, schema, isSecret: true };
}

export function optional<Inner extends Variable<unknown> | Members>(inner: Inner): OptionalMember<Inner> {
  return { kind: "optional", inner };
}

/** A group may have a member called `kind`, which is no text. */
export function isVariable(member: Member): member is Variable<unknown> {
  return member["kind"] === "variable";
}

export function isOptional(member: Member): member is OptionalMember<Variable<unknown> | Members> {
  return member["kind"] === "optional";
}
