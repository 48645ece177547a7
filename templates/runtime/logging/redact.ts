// Takes secrets out of what is about to be logged or shown: what was said to be one, values under telling keys,
// credentials in URLs, tokens in text. Makes a plain copy of bounded size, whatever it is given; never throws.

const placeholder = "[redacted]";
const maxText = 8_192;
const maxDepth = 6;
const maxEntries = 100;

type Entry = readonly [string, unknown];

const secretKey =
  /pass(?:word|wd|phrase|code)|secret|token|api[-_]?key|private[-_]?key|access[-_]?key|authorization|cookie|credential/i;

const secretTexts: readonly (readonly [RegExp, string])[] = [
  // scheme://user:password@host
  [/([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@:]{0,200}:[^\s/@]{1,200}@/gi, `$1${placeholder}@`],
  // password=…, "token": "…"
  [
    /((?:password|passwd|passphrase|secret|token|api[-_]?key|access[-_]?key|private[-_]?key)"?\s{0,3}[=:]\s{0,3}"?)[^\s"'&,;]{1,500}/gi,
    `$1${placeholder}`,
  ],
  [/\b(bearer|basic)\s+[a-z0-9._~+/=-]{8,2000}/gi, `$1 ${placeholder}`],
  // Keys that say themselves what they are: JSON Web Tokens, and those of well-known services.
  [
    /\b(?:eyJ[\w-]{10,2000}\.[\w-]{5,2000}\.[\w-]{0,2000}|(?:sk|rk|pk)[-_][\w-]{16,200}|gh[a-z]_\w{20,200}|AKIA[0-9A-Z]{16})/g,
    placeholder,
  ],
];

export function isSecretKey(key: string): boolean {
  return secretKey.test(key);
}

/** Shorter ones are found in every text: taking them out would tell more than it hides. */
const minSecret = 4;

/** Longest first: a secret may be a part of another. */
let hidden: readonly string[] = [];

/** From now on its value appears in no line and in no message, nor the password in it if it is a URL. */
export function hideSecret(secret: string): void {
  const password = URL.canParse(secret) ? new URL(secret).password : "";
  const forms = [secret, secret.trim(), password].flatMap(spellings).filter((form) => form.length >= minSecret);
  hidden = [...new Set([...hidden, ...forms])].sort((a, b) => b.length - a.length);
}

/** As it is, and as it stands in a URL or in JSON. */
function spellings(text: string): readonly string[] {
  const decoded = attempt(() => decodeURIComponent(text), text);
  return [text, decoded, attempt(() => encodeURIComponent(text), text), JSON.stringify(text).slice(1, -1)];
}

function attempt(read: () => string, otherwise: string): string {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/** Before a text is shortened: the part of a secret that remains would be unknown. */
function hideSecrets(text: string): string {
  return hidden.reduce((clean, secret) => clean.replaceAll(secret, placeholder), text);
}

export function redactText(text: string): string {
  const clear = hideSecrets(text);
  const short = clear.length > maxText ? `${clear.slice(0, maxText)}…` : clear;
  return secretTexts.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), short);
}

export function redactFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return redactEntries(Object.entries(fields), []);
}

/** `above` are the objects that the value lies in: what contains itself must end somewhere. */
function redactValue(value: unknown, above: readonly object[]): unknown {
  switch (typeof value) {
    case "string":
      return redactText(value);
    case "bigint":
    case "symbol":
      return hideSecrets(String(value));
    case "function":
      return "[function]";
    case "object":
      return value === null ? null : redactObject(value, above);
    default:
      return value;
  }
}

function redactObject(value: object, above: readonly object[]): unknown {
  if (above.includes(value)) return "[circular]";
  if (above.length >= maxDepth) return "[deep]";
  const within = [...above, value];
  try {
    if (value instanceof Error) return redactEntries(errorEntries(value), within);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "[invalid date]" : value.toISOString();
    if (value instanceof URL) return redactText(value.href);
    if (ArrayBuffer.isView(value)) return `[${String(value.byteLength)} bytes]`;
    if (value instanceof Map)
      return redactEntries(
        [...value].map(([key, item]) => [String(key), item]),
        within,
      );
    if (value instanceof Set || Array.isArray(value)) return redactItems([...value], within);
    return redactEntries(Object.entries(value), within);
  } catch {
    // A getter or a proxy that throws must not take the log line with it.
    return "[unreadable]";
  }
}

function redactItems(items: readonly unknown[], above: readonly object[]): unknown[] {
  return items.slice(0, maxEntries).map((item) => redactValue(item, above));
}

function redactEntries(entries: readonly Entry[], above: readonly object[]): Record<string, unknown> {
  const clean = entries
    .slice(0, maxEntries)
    .map(([key, item]) => [hideSecrets(key), isSecret(key, item) ? placeholder : redactValue(item, above)]);
  return Object.fromEntries(clean) as Record<string, unknown>;
}

/** Numbers and booleans under a telling key stay: `tokens: 3120` is a count. */
function isSecret(key: string, value: unknown): boolean {
  return isSecretKey(key) && (typeof value === "string" || (typeof value === "object" && value !== null));
}

/** What an error is, most of which `Object.entries` would not show; then what it was given besides. */
function errorEntries(error: Error): readonly Entry[] {
  const shown = new Set(["name", "message", "stack", "cause", "errors"]);
  return [
    ["name", error.name],
    ["message", error.message],
    ["stack", error.stack],
    ...Object.entries(error).filter(([key]) => !shown.has(key)),
    ...(error.cause === undefined ? [] : [["cause", error.cause] as const]),
    ...(error instanceof AggregateError ? [["errors", error.errors] as const] : []),
  ];
}
