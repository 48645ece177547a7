// Small damage to a wire value: what a careless client might send instead.
import fc from "fast-check";

type Damage = (value: unknown) => unknown;

const replacements: readonly Damage[] = [
  () => null,
  () => true,
  () => 7,
  () => 0.5,
  () => "",
  () => "nearly",
  () => [],
  () => ({}),
  (value) => [value],
  (value) => ({ value }),
  (value) => (Array.isArray(value) ? [...value, ...value.slice(-1)] : value),
  (value) => (Array.isArray(value) ? value.slice(1) : value),
  (value) => (isObject(value) ? { ...value, surplus: 1 } : value),
  (value) => (isObject(value) ? Object.fromEntries(Object.entries(value).slice(1)) : value),
];

/** Walks some steps down, chosen by `turns`, and damages what is there. */
export const nearMiss: fc.Arbitrary<Damage> = fc
  .record({ turns: fc.array(fc.nat(9), { maxLength: 4 }), damage: fc.constantFrom(...replacements) })
  .map(
    ({ turns, damage }): Damage =>
      (value) =>
        descend(value, turns, damage),
  );

function descend(value: unknown, turns: readonly number[], damage: Damage): unknown {
  const [turn, ...rest] = turns;
  const keys = isObject(value) || Array.isArray(value) ? Object.keys(value) : [];
  if (turn === undefined || keys.length === 0) return damage(value);
  const chosen = keys[turn % keys.length];
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (String(index) === chosen ? descend(item, rest, damage) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([key, item]) => [key, key === chosen ? descend(item, rest, damage) : item]),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
