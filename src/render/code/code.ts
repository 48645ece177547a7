/** Emitted code as data: just the shapes that we emit, each knowing how wide it is on one line. */

import { textWidth } from "./width.js";

export type Code = Atom | ListCode | ChainCode | ArrowCode;

interface Measured {
  /** The code on one line. Made when it is read: what is too wide for a line is never written on one. */
  readonly flat: string;
  /** The columns that it takes on one line. */
  readonly width: number;
  /** Prettier never puts it on one line, whatever its width. */
  readonly broken: boolean;
}

/** Never broken: an identifier, a literal, a type. */
export interface Atom extends Measured {
  readonly kind: "atom";
  readonly role: "word" | "string" | "number" | "regex" | "other";
}

export interface ListCode extends Measured {
  readonly kind: "array" | "object";
  readonly entries: readonly Entry[];
}

/** An array's item has no key; neither has a shorthand property. */
export interface Entry {
  readonly key?: string;
  readonly value: Code;
}

/** `head.name(…).name(…)`; a call of the head itself has an empty name. */
export interface ChainCode extends Measured {
  readonly kind: "chain";
  readonly head: string;
  readonly calls: readonly Call[];
}

export interface Call {
  readonly name: string;
  readonly arguments: readonly Code[];
}

export interface ArrowCode extends Measured {
  readonly kind: "arrow";
  readonly parameters: readonly Code[];
  readonly body: Code;
}

export function atom(flat: string, role: Atom["role"] = "other"): Atom {
  return { kind: "atom", role, flat, width: textWidth(flat), broken: false };
}

export function array(items: readonly Code[]): ListCode {
  const entries = items.map((value) => ({ value }));
  return {
    kind: "array",
    entries,
    get flat() {
      return `[${flatList(items)}]`;
    },
    width: listWidth(items) + 2,
    broken: isMatrix(items) || items.some((item) => item.broken),
  };
}

export function object(entries: readonly Entry[]): ListCode {
  const widths = entries.reduce(
    (sum, { key, value }) => sum + value.width + (key === undefined ? 0 : textWidth(key) + 2),
    0,
  );
  return {
    kind: "object",
    entries,
    get flat() {
      const inside = entries.map(({ key, value }) => (key === undefined ? value.flat : `${key}: ${value.flat}`));
      return inside.length === 0 ? "{}" : `{ ${inside.join(", ")} }`;
    },
    width: entries.length === 0 ? 2 : widths + 2 * (entries.length - 1) + 4,
    broken: entries.some((entry) => entry.value.broken),
  };
}

export function call(callee: string, args: readonly Code[]): ChainCode {
  return chain(callee, [{ name: "", arguments: args }]);
}

export function chain(head: string, calls: readonly Call[]): ChainCode {
  const broken =
    alwaysExpands(calls) || calls.some((one) => composes(one) || one.arguments.some((argument) => argument.broken));
  return {
    kind: "chain",
    head,
    calls,
    get flat() {
      return head + calls.map(flatCall).join("");
    },
    width: textWidth(head) + calls.reduce((sum, one) => sum + callWidth(one), 0),
    broken,
  };
}

/** Several arguments, one of them a call that takes a function: prettier takes it for a composition, one argument a line. */
export function composes(one: Call): boolean {
  return (
    one.arguments.length > 1 &&
    one.arguments.some((argument) => argument.kind === "chain" && takesFunction(argument.calls.at(-1)))
  );
}

export function takesFunction(one: Call | undefined): boolean {
  return one?.arguments.some((argument) => argument.kind === "arrow") ?? false;
}

/** One more call on a chain: `z.string()` → `z.string().optional()`. */
export function method(receiver: Code, name: string, args: readonly Code[] = []): ChainCode {
  const added = { name, arguments: args };
  return receiver.kind === "chain" ? chain(receiver.head, [...receiver.calls, added]) : chain(receiver.flat, [added]);
}

export function arrow(parameters: readonly Code[], body: Code): ArrowCode {
  return {
    kind: "arrow",
    parameters,
    body,
    get flat() {
      return `(${flatList(parameters)}) => ${body.flat}`;
    },
    width: listWidth(parameters) + body.width + 6,
    broken: body.broken,
  };
}

/** `.name(…)` on one line; without a dot where the head itself is called. */
export function flatCall(one: Call): string {
  return `${one.name === "" ? "" : `.${one.name}`}(${flatList(one.arguments)})`;
}

export function callWidth({ name, arguments: given }: Call): number {
  return (name === "" ? 0 : name.length + 1) + listWidth(given) + 2;
}

function listWidth(items: readonly Code[]): number {
  return items.reduce((sum, { width }) => sum + width, 2 * Math.max(0, items.length - 1));
}

function flatList(items: readonly Code[]): string {
  return items.map((item) => item.flat).join(", ");
}

/** More than one object, or more than one array, each with more than one entry: a table, one row a line. */
function isMatrix(items: readonly Code[]): boolean {
  const [first] = items;
  if (items.length < 2 || !first || (first.kind !== "array" && first.kind !== "object")) return false;
  return items.every((item) => item.kind === first.kind && item.entries.length > 1);
}

/** More than two calls with an argument that takes thought to read. */
export function alwaysExpands(calls: readonly Call[]): boolean {
  return calls.length > 2 && calls.some((one) => !one.arguments.every((argument) => isSimple(argument, 2)));
}

function isSimple(code: Code, depth: number): boolean {
  if (depth === 0) return false;
  switch (code.kind) {
    case "atom":
      return code.role === "regex" ? code.flat.lastIndexOf("/") <= 6 : code.role !== "other";
    case "array":
    case "object":
      return code.entries.every((entry) => !entry.key?.startsWith("[") && isSimple(entry.value, depth - 1));
    case "chain":
      return code.calls.every(
        (one) => one.arguments.length <= depth && one.arguments.every((argument) => isSimple(argument, depth - 1)),
      );
    case "arrow":
      return false;
  }
}
