/** What the tags of policies can say, as data: their keys, what their values are, and what they cannot do without. */
import type { Span } from "./span.js";

export interface PolicyTag {
  /** The keys of values that are written without one, in order; a list takes all that are left. */
  readonly positions: readonly string[];
  readonly keys: Readonly<Record<string, ValueKind>>;
  /** At least one of these has to be there. */
  readonly required: readonly string[];
  /** The tag at its shortest. */
  readonly example: string;
}

export type ValueKind =
  /** A number and a unit: `500ms`. */
  | { readonly kind: "duration"; readonly zero?: true }
  | { readonly kind: "integer"; readonly least: number }
  /** More than nothing and at most all: `50%`. */
  | { readonly kind: "percentage" }
  /** `1MiB`, `100kB`: how many bytes. */
  | { readonly kind: "bytes" }
  /** `100/min`. */
  | { readonly kind: "limit" }
  | { readonly kind: "choice"; readonly values: readonly string[] }
  /** What failed, in words between commas or blanks: `unavailable,409,ECONNRESET`. */
  | { readonly kind: "failures" }
  | { readonly kind: "name" }
  /** What the tool is called. */
  | { readonly kind: "toolName" }
  /** A text that names arguments in braces: `user:{userId}`. */
  | { readonly kind: "template" }
  | { readonly kind: "templates" };

const duration: ValueKind = { kind: "duration" };
const spanOrNone: ValueKind = { kind: "duration", zero: true };
const count: ValueKind = { kind: "integer", least: 1 };
const choice = (...values: readonly string[]): ValueKind => ({ kind: "choice", values });

export const policyTags = {
  cache: {
    positions: ["ttl"],
    keys: {
      ttl: duration,
      l1: duration,
      swr: duration,
      staleIfError: duration,
      negative: duration,
      tags: { kind: "templates" },
      scope: choice("private", "public"),
      key: { kind: "template" },
      coalesce: choice("process", "cluster", "off"),
    },
    required: ["ttl"],
    example: "@cache 5m",
  },
  invalidates: {
    positions: ["tags"],
    keys: { tags: { kind: "templates" } },
    required: ["tags"],
    example: "@invalidates users",
  },
  retry: {
    positions: ["attempts"],
    keys: { attempts: { kind: "integer", least: 2 }, base: spanOrNone, cap: duration, on: { kind: "failures" } },
    required: ["attempts"],
    example: "@retry 3",
  },
  timeout: {
    positions: ["each"],
    keys: { each: duration, total: duration },
    required: ["each", "total"],
    example: "@timeout 2s",
  },
  circuit: {
    positions: [],
    keys: { rate: { kind: "percentage" }, window: duration, min: count, reset: duration, name: { kind: "name" } },
    required: [],
    example: "@circuit",
  },
  concurrency: {
    positions: ["max"],
    keys: { max: count, queue: { kind: "integer", least: 0 } },
    required: ["max"],
    example: "@concurrency 8",
  },
  rateLimit: {
    positions: ["limit"],
    keys: { limit: { kind: "limit" }, by: choice("caller", "all") },
    required: ["limit"],
    example: "@rateLimit 100/min",
  },
  serialize: {
    positions: [],
    keys: { key: { kind: "template" }, timeout: duration, scope: choice("process", "cluster") },
    required: ["key"],
    example: "@serialize key={id}",
  },
  batch: {
    positions: [],
    keys: { max: count, concurrency: count, as: { kind: "toolName" } },
    required: [],
    example: "@batch",
  },
  stream: {
    positions: ["mode"],
    keys: { mode: choice("page", "collect"), size: count, max: count, maxBytes: { kind: "bytes" }, ttl: duration },
    required: [],
    example: "@stream page size=100",
  },
} as const satisfies Readonly<Record<string, PolicyTag>>;

/** Not of a tool but of a provider: how many of what it makes are lent to calls. */
export const poolTag: PolicyTag = {
  positions: [],
  keys: { max: count, acquire: duration, idle: duration },
  required: [],
  example: "@pool max=10",
};

export type PolicyTagName = keyof typeof policyTags;

export function isPolicyTag(name: string): name is PolicyTagName {
  return Object.hasOwn(policyTags, name);
}

/** What mcpgen.json can set: all but what tools are called, as it finds them by that. */
export function sizesOf({ keys }: PolicyTag): Readonly<Record<string, ValueKind>> {
  return Object.fromEntries(Object.entries(keys).filter(([, { kind }]) => kind !== "toolName"));
}

/** Another value for what a tool's tag sets, as mcpgen.json writes it. */
export interface PolicySize {
  readonly tool: string;
  readonly tag: string;
  readonly key: string;
  readonly written: string;
  /** In mcpgen.json: of the tool's name, of the tag's, of the value without its quotes. */
  readonly places: Readonly<Record<"tool" | "tag" | "value", Span | undefined>>;
}
