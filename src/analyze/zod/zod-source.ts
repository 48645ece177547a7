/**
 * The expression of a zod schema, `z.object({ age: z.number().min(18) })` → the constraints, descriptions and defaults that
 * it certainly gives. Read, never run: what is not understood is left to the schema itself, at run time.
 */
import type { ts } from "ts-morph";
import type { JsonValue } from "../../model/json.js";
import type { Origin } from "../../model/origins.js";
import type { Property, TypeNode } from "../../model/types.js";
import { compiler } from "../checker/compiler.js";
import { applyConstraints } from "../constraints/constraints.js";
import { peek, type Analysis } from "../checker/analysis.js";
import { literalValue } from "../checker/literals.js";
import { stepOrigin, stepsOf, tagsOfStep, type Step } from "./zod-steps.js";

/** Schemas that are made of schemas; deeper ones say nothing more here. */
const deepest = 16;

export interface ReadSource {
  readonly analysis: Analysis;
  readonly source: ts.Expression;
  /** Whether the type is what the schema takes, or what it makes of that. */
  readonly side: "takes" | "makes";
}

export function constrainBySchema({ analysis, source, side }: ReadSource, node: TypeNode): TypeNode {
  return constrain({ analysis, side, depth: 0 }, node, stepsOf(analysis, source));
}

function constrainBy({ depth, ...reading }: Reading, node: TypeNode, source: ts.Expression): TypeNode {
  if (depth > deepest) return node;
  return constrain({ ...reading, depth: depth + 1 }, node, stepsOf(reading.analysis, source));
}

interface Reading extends Omit<ReadSource, "source"> {
  readonly depth: number;
}

/** With one of these, what another step asks for may not be asked for. */
const loosening = new Set(["or", "catch"]);

/** What comes after these is said of another value than the client's. */
const changing = new Set(
  "trim toLowerCase toUpperCase normalize slugify overwrite transform pipe preprocess codec".split(" "),
);

function constrain(reading: Reading, node: TypeNode, steps: readonly Step[]): TypeNode {
  const lists = steps.findLastIndex(({ name }, index) => name === "array" && index > 0);
  if (lists > 0 && node.kind === "array") {
    const element = constrain(reading, peek(reading.analysis, node.element), steps.slice(0, lists));
    return constrain(reading, { ...node, element }, steps.slice(lists + 1));
  }
  if (steps.some(({ name }) => loosening.has(name))) return node;
  if (reading.side === "makes" && steps.some(isChanging)) return node;
  let constrained = node;
  for (const step of steps) {
    if (isChanging(step)) break;
    constrained = applyStep(reading, constrained, step);
  }
  return constrained;
}

function isChanging({ name }: Step): boolean {
  return changing.has(name) || name.startsWith("coerce.");
}

function applyStep(reading: Reading, node: TypeNode, step: Step): TypeNode {
  const { analysis } = reading;
  const [argument] = step.arguments;
  if (wrappers.has(step.name) && step.isFirst && argument) return constrainBy(reading, node, argument);
  if (objects.has(step.name) && argument) return constrainMembers(reading, node, argument);
  if (step.name === "array" && argument && node.kind === "array") {
    const element = constrainBy(reading, peek(analysis, node.element), argument);
    return { ...node, element };
  }
  const tags = tagsOfStep(analysis, node, step);
  return tags.length === 0 ? node : applyConstraints(node, tags).type;
}

const wrappers = new Set(["optional", "nullable", "nullish", "readonly"]);
const objects = new Set(["object", "strictObject", "looseObject", "extend", "safeExtend"]);

function constrainMembers(reading: Reading, node: TypeNode, shape: ts.Expression): TypeNode {
  if (node.kind !== "object" || !compiler.isObjectLiteralExpression(shape)) return node;
  const sources = new Map(
    shape.properties.flatMap((member): readonly (readonly [string, ts.Expression])[] => {
      if (compiler.isShorthandPropertyAssignment(member)) return [[member.name.text, member.name]];
      const isNamed =
        compiler.isPropertyAssignment(member) &&
        (compiler.isIdentifier(member.name) || compiler.isStringLiteral(member.name));
      return isNamed ? [[member.name.text, member.initializer]] : [];
    }),
  );
  const properties = node.properties.map((property) => {
    const source = sources.get(property.name);
    return source ? constrainProperty(reading, property, source) : property;
  });
  return { ...node, properties };
}

function constrainProperty(reading: Reading, property: Property, source: ts.Expression): Property {
  const { analysis, side } = reading;
  const steps = stepsOf(analysis, source);
  const type = constrainBy(reading, peek(analysis, property.type), source);
  const described = said(analysis, steps, "describe");
  // Of what the schema makes, it has been put in already.
  const initial = side === "takes" ? said(analysis, steps, "default") : undefined;
  const origins = property.origins && {
    ...property.origins,
    ...(described?.origin && { description: described.origin }),
    ...(initial?.origin && { default: initial.origin }),
  };
  return {
    ...property,
    type,
    ...(typeof described?.value === "string" && { description: described.value }),
    ...(initial && { default: initial.value }),
    ...(origins && { origins }),
  };
}

interface Said {
  readonly value: JsonValue;
  readonly origin: Origin | undefined;
}

/** The argument of the last step of that name, where it is literal. */
function said(analysis: Analysis, steps: readonly Step[], name: string): Said | undefined {
  const step = steps.findLast((each) => each.name === name);
  const [argument] = step?.arguments ?? [];
  const value = argument && literalValue(analysis.checker, argument);
  return step && value !== undefined ? { value, origin: stepOrigin(analysis, step) } : undefined;
}
