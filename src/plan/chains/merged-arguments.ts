/** What a function takes of its client and what its steps take → one list of arguments, in the order of the parameters. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { Span } from "../../model/span.js";
import { succeed, type Result } from "../../model/result.js";
import type { Property } from "../../model/types.js";

/** The arguments of one parameter. */
export interface Contribution {
  readonly properties: readonly Property[];
  /** Completes "an argument of …". */
  readonly of: string;
  readonly span: Span;
}

/** Arguments of one name and type are one argument. */
export function mergeArguments(contributions: readonly Contribution[]): Result<readonly Property[]> {
  const merged = new Map<string, { readonly property: Property; readonly from: Contribution }>();
  const diagnostics: Diagnostic[] = [];
  for (const from of contributions) {
    for (const property of from.properties) {
      const known = merged.get(property.name);
      if (!known) merged.set(property.name, { property, from });
      else if (isSame(known.property, property))
        merged.set(property.name, { property: join(known.property, property), from: known.from });
      else diagnostics.push(refuseClash(property.name, known.from, from));
    }
  }
  return succeed(
    [...merged.values()].map(({ property }) => property),
    diagnostics,
  );
}

/** Where both may be absent, an absent one has to mean the same. */
function isSame(a: Property, b: Property): boolean {
  const isReplaced = a.optional && b.optional && JSON.stringify(a.default) !== JSON.stringify(b.default);
  return !isReplaced && typeText(a) === typeText(b);
}

/** Two of one type have two origins, and each its own words. */
function typeText({ type }: Property): string {
  return JSON.stringify(type, (key, value: unknown) =>
    key === "origins" || key === "description" || key === "declared" ? undefined : value,
  );
}

function join(a: Property, b: Property): Property {
  const { default: preset, ...first } = a;
  const optional = a.optional && b.optional;
  const description = a.description ?? b.description;
  return {
    ...first,
    optional,
    ...(optional && preset !== undefined && { default: preset }),
    ...(description !== undefined && { description }),
  };
}

function refuseClash(name: string, first: Contribution, second: Contribution): Diagnostic {
  const message = `\`${name}\` is an argument of ${first.of} and, of another type, of ${second.of}`;
  const notes = first.span === second.span ? [] : [{ message: `${first.of} comes in here`, span: first.span }];
  return diagnostic("MG479", message, { span: second.span, notes });
}
