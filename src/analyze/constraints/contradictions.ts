/** Constraints that no value can satisfy together. */
import type { ArrayConstraints, NumberConstraints, StringConstraints, TypeNode } from "../../model/types.js";

/** A sentence that names the two, or nothing. */
export function findContradiction(type: TypeNode): string | undefined {
  switch (type.kind) {
    case "union":
      return type.members.map(findContradiction).find((found) => found !== undefined);
    case "number":
      return ofNumber(type.constraints ?? {});
    case "string":
      return ofLengths(type.constraints ?? {});
    case "array":
    case "set":
      return ofItems(type.constraints ?? {});
    default:
      return undefined;
  }
}

function ofLengths({ minLength, maxLength }: StringConstraints): string | undefined {
  return crossed("minLength", minLength, ["maxLength", maxLength]);
}

function ofItems({ minItems, maxItems }: ArrayConstraints): string | undefined {
  return crossed("minItems", minItems, ["maxItems", maxItems]);
}

function ofNumber(constraints: NumberConstraints): string | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = constraints;
  return (
    crossed("minimum", minimum, ["maximum", maximum]) ??
    touching("minimum", minimum, ["exclusiveMaximum", exclusiveMaximum]) ??
    touching("exclusiveMinimum", exclusiveMinimum, ["maximum", maximum]) ??
    touching("exclusiveMinimum", exclusiveMinimum, ["exclusiveMaximum", exclusiveMaximum]) ??
    withoutStep(constraints)
  );
}

type Bound = readonly [name: string, value: number | undefined];

function crossed(name: string, low: number | undefined, [otherName, high]: Bound): string | undefined {
  return low !== undefined && high !== undefined && low > high ? sentence(name, low, [otherName, high]) : undefined;
}

/** With an exclusive bound even equal values leave nothing between them. */
function touching(name: string, low: number | undefined, [otherName, high]: Bound): string | undefined {
  return low !== undefined && high !== undefined && low >= high ? sentence(name, low, [otherName, high]) : undefined;
}

function sentence(name: string, low: number, [otherName, high]: readonly [string, number]): string {
  return `no value satisfies \`@${name} ${low}\` and \`@${otherName} ${high}\``;
}

/** No multiple, or no whole number, lies between the bounds. */
function withoutStep({
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
  multipleOf,
  integer,
}: NumberConstraints): string | undefined {
  const step = multipleOf ?? (integer ? 1 : undefined);
  const low = minimum ?? exclusiveMinimum;
  const high = maximum ?? exclusiveMaximum;
  if (step === undefined || low === undefined || high === undefined) return undefined;
  const first = Math.ceil(low / step) * step;
  const next = first === exclusiveMinimum ? first + step : first;
  const fits = next < high || (next === high && exclusiveMaximum !== high);
  const tag = multipleOf === undefined ? "@int" : `@multipleOf ${multipleOf}`;
  return fits ? undefined : `no value satisfies \`${tag}\` between ${low} and ${high}`;
}
