// One text for each JSON value, the same on every machine: keys in code-unit order, minus zero apart from zero.

export function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  const members = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(members).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(members[key])}`).join()}}`;
}
