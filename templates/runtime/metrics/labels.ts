// Names and labels as they were given → as Prometheus takes them. Only here is what a caller wrote looked at.

export type CleanLabels = Readonly<Record<string, string>>;

const maxName = 128;
const maxLabels = 10;
const maxValue = 128;

/** Dots, dashes and blanks become underscores; undefined where nothing is left of the name. */
export function cleanName(name: string): string | undefined {
  const clean = name.slice(0, maxName).replace(/[^A-Za-z0-9_:]/g, "_");
  if (!/[A-Za-z0-9]/.test(clean)) return undefined;
  return /^\d/.test(clean) ? `_${clean}` : clean;
}

/** Sorted by name, so that one set of labels is one series however it is written. */
export function cleanLabels(labels: unknown): CleanLabels {
  if (typeof labels !== "object" || labels === null) return {};
  const clean = new Map<string, string>();
  for (const [key, value] of Object.entries(labels).slice(0, maxLabels)) {
    const name = cleanLabelName(key);
    if (name !== undefined && value !== undefined && !clean.has(name)) clean.set(name, textOf(value));
  }
  return Object.fromEntries([...clean].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function labelText(labels: CleanLabels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escapeLabel(value)}"`)
    .join(",");
}

/** `le` is the histogram's own, and what begins with two underscores is Prometheus's. */
function cleanLabelName(key: string): string | undefined {
  const name = cleanName(key)?.replaceAll(":", "_").replace(/^__+/, "_");
  return name === "le" ? "le_" : name;
}

/** Objects come as `[object Object]`, which is one value for all of them: labels are few values each. */
function textOf(value: unknown): string {
  try {
    return String(value).slice(0, maxValue);
  } catch {
    return "unreadable";
  }
}

function escapeLabel(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
