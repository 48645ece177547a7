/** What `@from` fills, and the claims of a `Caller<T>` → code beside the call: how they are read, and what policies know of them. */
import type { FilledParameter, Filling } from "../../model/filled.js";
import type { CallerPart, DependencyArgument, DependencyPlan, ServedPlan } from "../../model/plan.js";
import { upperFirst } from "../../model/text.js";
import type { ObjectNode } from "../../model/types.js";
import { array, atom, call, object, type Code } from "../code/code.js";
import { jsonToCode } from "../code/json-code.js";
import { layOut } from "../code/layout.js";
import type { Module } from "../code/module.js";
import type { Names } from "../code/names.js";
import { propertyKey, stringLiteral } from "../code/text.js";
import { declareDefinitions, type DefinitionScope } from "../schemas/definitions.js";
import { typeToZod } from "../schemas/zod-schema.js";
import type { ZodScope } from "../schemas/zod-scope.js";
import { checkedConstant, isRequired } from "./call-code.js";

interface Checked {
  readonly part: Extract<CallerPart, { kind: "checked" | "claims" }>;
  /** Whoever has none is refused. */
  readonly isNeeded: boolean;
}

function checkedParts({ call }: ServedPlan): readonly Checked[] {
  return call.arguments.flatMap((argument) =>
    argument.kind === "contract" && argument.part && argument.part.kind !== "id"
      ? [{ part: argument.part, isNeeded: isRequired(argument) }]
      : [],
  );
}

/** The arguments and what is checked like them: what both are made of is declared once. */
export function withChecked(taken: ObjectNode, served: ServedPlan): ObjectNode {
  const parts = checkedParts(served).map(({ part }) => ({ name: part.parameter, type: part.type, optional: false }));
  return parts.length === 0 ? taken : { ...taken, properties: [...taken.properties, ...parts] };
}

/** `const ofCaller = { … };` */
export function renderChecked(served: ServedPlan, module: Module, scope: ZodScope): readonly string[] {
  const parts = checkedParts(served);
  if (parts.length === 0) return [];
  const entries = parts.map(({ part, isNeeded }) => {
    const presence = isNeeded ? "required" : "optional";
    const key = propertyKey(part.parameter);
    const schema = typeToZod(part.type, scope);
    if (part.kind === "claims") {
      const read = module.use({ from: "../runtime/filled/claims.js", name: `${presence}Claims` });
      return { key, value: call(read, [schema]) };
    }
    const read = module.use({ from: "../runtime/filled/part.js", name: `${presence}Part` });
    return { key, value: call(read, [pathCode(part.path), schema]) };
  });
  const head = `const ${checkedConstant} = `;
  return [`${head}${layOut(object(entries), { indent: 0, column: head.length, rest: 1 })};`];
}

/** Around the policies of what is filled: their keys and templates count it among the arguments. */
export function fillPolicies(policies: Code, { filled = [], policies: plans }: ServedPlan, module: Module): Code {
  if (filled.length === 0 || plans.length === 0) return policies;
  const withFilled = module.use({ from: "../runtime/filled/keys.js", name: "withFilled" });
  return call(withFilled, [object(filled.map(fillingEntry)), policies]);
}

function fillingEntry({ name, filling }: FilledParameter): { readonly key: string; readonly value: Code } {
  return { key: propertyKey(name), value: object([fillingCode(filling)]) };
}

function fillingCode(filling: Filling): { readonly key: string; readonly value: Code } {
  switch (filling.kind) {
    case "caller":
      return { key: "caller", value: pathCode(filling.path) };
    case "variable":
      return { key: "variable", value: atom(stringLiteral(filling.variable), "string") };
    case "constant":
      return { key: "constant", value: jsonToCode(filling.value) };
  }
}

function pathCode(path: readonly string[]): Code {
  return array(path.map((name) => atom(stringLiteral(name), "string")));
}

type Claims = Extract<CallerPart, { kind: "claims" }>;

/** Of those that providers name, as constants of the container's file. */
export interface ReadClaims {
  /** What the file declares. */
  readonly texts: readonly string[];
  /** By the argument, the constant that reads its caller. */
  readonly readers: ReadonlyMap<DependencyArgument, string>;
}

export function renderClaims(
  entries: readonly DependencyPlan[],
  names: Pick<Names, "allocate">,
  given: DefinitionScope,
): ReadClaims {
  const all = entries.flatMap(({ name, source }) =>
    source.arguments.flatMap((argument) => {
      const claims = claimsIn(argument);
      if (!claims) return [];
      const constant = names.allocate(`callerOf${upperFirst(name)}`, "Claims");
      return [{ argument, claims, constant }];
    }),
  );
  const readers = new Map(all.map(({ argument, constant }) => [argument, constant]));
  if (all.length === 0) return { texts: [], readers };
  const { texts, scope } = declareDefinitions(together(all.map(({ claims }) => claims)), "input", given);
  const constants = all.map(({ argument, claims, constant }) => {
    const presence = isRequired(argument) ? "required" : "optional";
    const read = given.module.use({ from: "./runtime/filled/claims.js", name: `${presence}Claims` });
    const head = `const ${constant} = `;
    const code = call(read, [typeToZod(claims.type, scope)]);
    return `${head}${layOut(code, { indent: 0, column: head.length, rest: 1 })};`;
  });
  return { texts: [...texts, ...constants], readers };
}

function claimsIn(argument: DependencyArgument): Claims | undefined {
  return argument.kind === "contract" && argument.part?.kind === "claims" ? argument.part : undefined;
}

/** What they are made of is declared once. */
function together(all: readonly Claims[]): ObjectNode {
  const properties = all.map(({ parameter, type }) => ({ name: parameter, type, optional: false }));
  return { kind: "object", properties };
}
