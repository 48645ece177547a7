// Takes secrets out of what is about to be logged or shown: values under telling keys, credentials in URLs,
// tokens in text. Makes a plain copy of bounded size, whatever it is given; never throws.

const placeholder = "[redacted]";
const maxText = 8_192;
const maxDepth = 6;
const maxEntries = 100;

const secretKey = /pass(?:word|wd|phrase|code)|secret|token|api[-_]?key|private[-_]?key|access[-_]?key|authorization|cookie|credential/i;

const secretTexts: readonly (readonly [RegExp, string])[] = [
  // scheme://user:password@host
  [/([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@:]{0,200}:[^\s/@]{1,200}@/gi, `$1${placeholder}@`],
  // password=…, "token": "…"
  [/((?:password|passwd|passphrase|secret|token|api[-_]?key|access[-_]?key|private[-_]?key)"?\s{0,3}[=:]\s{0,3}"?)[^\s"'&,;]{1,500}/gi, `$1${placeholder}`],
  [/\b(bearer|basic)\s+[a-z0-9._~+/=-]{8,2000}/gi, `$1 ${placeholder}`],
  // Keys that say themselves what they are: JSON Web Tokens, and those of well-known services.
  [/\b(?:eyJ[\w-]{10,2000}\.[\w-]{5,2000}\.[\w-]{0,2000}|(?:sk|rk|pk)[-_][\w-]{16,200}|gh[a-z]_\w{20,200}|AKIA[0-9A-Z]{16})/g, placeholder],
];

/** Numbers and booleans under a telling key stay: `tokens: 3120` is a count. */
export function isSecretKey(key: string): boolean {
  return secretKey.test(key);
}

export function redactText(text: string): string {
  const short = text.length > maxText ? `${text.slice(0, maxText)}…` : text;
  return secretTexts.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), short);
}

export function redactFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const copy = redactValue(fields, 0, new Set());
  return typeof copy === "object" && copy !== null ? (copy as Record<string, unknown>) : {};
}

function redactValue(value: unknown, depth: number, above: ReadonlySet<object>): unknown {
  switch (typeof value) {
    case "string":
      return redactText(value);
    case "bigint":
    case "symbol":
      return String(value);
    case "function":
      return "[function]";
    case "object":
      return value === null ? null : redactObject(value, depth, above);
    default:
      return value;
  }
}

function redactObject(value: object, depth: number, above: ReadonlySet<object>): unknown {
  if (above.has(value)) return "[circular]";
  if (depth >= maxDepth) return "[deep]";
  const within = new Set(above).add(value);
  try {
    if (value instanceof Error) return redactError(value, depth, within);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "[invalid date]" : value.toISOString();
    if (value instanceof URL) return redactText(value.href);
    if (ArrayBuffer.isView(value)) return `[${String(value.byteLength)} bytes]`;
    if (value instanceof Map) return redactObject(Object.fromEntries(value), depth, above);
    if (value instanceof Set) return redactObject([...value], depth, above);
    if (Array.isArray(value)) return value.slice(0, maxEntries).map((item) => redactValue(item, depth + 1, within));
    const entries = Object.entries(value).slice(0, maxEntries);
    return Object.fromEntries(entries.map(([key, item]) => [key, redactEntry(key, item, depth, within)]));
  } catch {
    // A getter or a proxy that throws must not take the log line with it.
    return "[unreadable]";
  }
}

function redactEntry(key: string, value: unknown, depth: number, above: ReadonlySet<object>): unknown {
  const harmless = value === null || value === undefined || typeof value === "number" || typeof value === "boolean";
  return isSecretKey(key) && !harmless ? placeholder : redactValue(value, depth + 1, above);
}

/** Errors keep what `Object.entries` would not show. */
function redactError(error: Error, depth: number, above: ReadonlySet<object>): Record<string, unknown> {
  const own = Object.entries(error).filter(([key]) => !["name", "message", "stack", "cause", "errors"].includes(key));
  const causes: [string, unknown][] = [];
  if (error.cause !== undefined) causes.push(["cause", error.cause]);
  if (error instanceof AggregateError) causes.push(["errors", error.errors]);
  return {
    name: redactValue(error.name, depth, above),
    message: redactValue(error.message, depth, above),
    stack: redactValue(error.stack, depth, above),
    ...Object.fromEntries([...own.slice(0, maxEntries), ...causes].map(([key, item]) => [key, redactEntry(key, item, depth, above)])),
  };
}
