/** A value as a policy's tag or mcpgen.json writes it → the options that it stands for, or what is wrong with it. */
import { closest } from "../../diagnostics/suggest.js";
import type { PolicyOption } from "../../model/plan.js";
import type { ValueKind } from "../../language/policies/policy.js";

export type ReadValue =
  | { readonly kind: "value"; readonly value: PolicyOption }
  | { readonly kind: "refused"; readonly reason: string; readonly help: string };

export function readValue(text: string, expected: ValueKind): ReadValue {
  switch (expected.kind) {
    case "duration":
      return readDuration(text, expected.zero === true ? 0 : 1);
    case "integer":
      return readInteger(text, expected.least);
    case "bytes":
      return readBytes(text);
    case "percentage":
      return readPercentage(text);
    case "limit":
      return readLimit(text);
    case "choice":
      return readChoice(text, expected.values);
    case "failures":
      return readFailures(text);
    case "name":
    case "toolName":
    case "template":
      return text.trim() === "" ? refused("is empty", "write a string") : value(text);
    case "templates": {
      const texts = splitTemplates(text);
      return texts.length === 0 ? refused("is empty", "write at least one") : value(texts);
    }
  }
}

function value(read: PolicyOption): ReadValue {
  return { kind: "value", value: read };
}

function refused(reason: string, help: string): ReadValue {
  return { kind: "refused", reason, help };
}

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function readDuration(text: string, least: number): ReadValue {
  const span = millisecondsOf(text);
  if (span === undefined) {
    const help = /^\d+(\.\d+)?$/.test(text)
      ? `write \`${text}ms\` or \`${text}s\``
      : "write a number and a unit: 500ms, 30s, 5m, 2h, 1d";
    return refused("is not a duration", help);
  }
  return span < least ? refused("is too short", "write a longer one") : value(text);
}

/** Undefined for what is not a duration. */
export function millisecondsOf(text: PolicyOption | undefined): number | undefined {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(text)) ?? [];
  const factor = milliseconds[unit];
  return factor === undefined ? undefined : Number(number) * factor;
}

function readInteger(text: string, least: number): ReadValue {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  if (number === undefined) return refused("is not a whole number", "write a whole number");
  return number < least ? refused(`is less than ${String(least)}`, `write at least ${String(least)}`) : value(number);
}

const bytesOfUnit: Readonly<Record<string, number>> = {
  ...{ B: 1, kB: 1_000, KB: 1_000, MB: 1_000_000 },
  ...{ KiB: 1_024, MiB: 1_048_576 },
};

function readBytes(text: string): ReadValue {
  const [, number, unit = ""] = /^(\d{1,9})([A-Za-z]+)$/.exec(text) ?? [];
  const factor = Object.hasOwn(bytesOfUnit, unit) ? bytesOfUnit[unit] : undefined;
  if (number === undefined || factor === undefined)
    return refused("is not a number of bytes", "write a number and a unit: 100kB, 512KiB, 1MB, 1MiB");
  return Number(number) === 0 ? refused("is too few", "write more") : value(Number(number) * factor);
}

function readPercentage(text: string): ReadValue {
  const [, number] = /^(\d{1,3}(?:\.\d+)?)%$/.exec(text) ?? [];
  const percent = Number(number);
  return percent > 0 && percent <= 100
    ? value(percent / 100)
    : refused("is not a percentage", "write more than 0% and at most 100%");
}

/** The units of `100/min`, as spans of time. */
const periods: Readonly<Record<string, string>> = {
  ...{ s: "1s", sec: "1s", second: "1s", m: "1m", min: "1m", minute: "1m" },
  ...{ h: "1h", hour: "1h", d: "1d", day: "1d" },
};

function readLimit(text: string): ReadValue {
  return limitOf(text)
    ? value(text)
    : refused("is not a rate", "write a number and a duration: 10/s, 100/min, 1000/h, 5/10s");
}

/** `100/min` → 100 and `1m`. */
export function limitOf(text: PolicyOption | undefined): { readonly limit: number; readonly per: string } | undefined {
  const [, number, unit = ""] = /^([1-9]\d{0,8})\/([0-9a-z.]+)$/.exec(String(text)) ?? [];
  const per = Object.hasOwn(periods, unit) ? periods[unit] : unit;
  return number !== undefined && per !== undefined && (millisecondsOf(per) ?? 0) > 0
    ? { limit: Number(number), per }
    : undefined;
}

function readChoice(text: string, values: readonly string[]): ReadValue {
  return values.includes(text) ? value(text) : unknownChoice(text, values);
}

/** Kinds of failures that may be over at another attempt; the runtime's `namesOf` tells them apart. */
const failureKinds: readonly string[] = ["unavailable", "timeout", "rateLimited", "conflict", "notFound", "error"];

/** Kinds, statuses (`409`) and codes (`ECONNRESET`). */
function readFailures(text: string): ReadValue {
  const given = text.split(/[\s,|]+/).filter((word) => word !== "");
  const wrong = given.find((word) => !failureKinds.includes(word) && !/^(?:[45]\d\d|[A-Z][A-Z0-9_]+)$/.test(word));
  if (wrong !== undefined) return unknownChoice(wrong, [...failureKinds, "a status", "a code"]);
  return given.length === 0 ? refused("is empty", `write one of ${failureKinds.join(", ")}`) : value(given);
}

function unknownChoice(text: string, values: readonly string[]): ReadValue {
  const meant = closest(text, values);
  return meant === undefined
    ? refused("is unknown", `write one of ${values.join(", ")}`)
    : refused(`is unknown; did you mean \`${meant}\`?`, `write \`${meant}\``);
}

/** Between blanks or commas, but not those within braces. */
export function splitTemplates(text: string): readonly string[] {
  return [...text.matchAll(/(?:\{[^}]*\}|[^\s,])+/g)].map(([found]) => found);
}
