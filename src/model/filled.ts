/**
 * What `@from` fills a parameter with, so that no client does: of the caller, a variable, a constant, of another tool;
 * and all that a call is given.
 */
import type { ExportReference } from "./api.js";
import type { JsonValue } from "./json.js";
import { referenceId } from "./keys.js";
import type { Span } from "./span.js";
import type { TypeNode } from "./types.js";

export type Filling =
  /** From the verified caller: `["id"]`, or `["claims", "tenant"]`. */
  | { readonly kind: "caller"; readonly path: readonly string[] }
  /** From the environment, read once at start. */
  | { readonly kind: "variable"; readonly variable: string }
  | { readonly kind: "constant"; readonly value: JsonValue };

/** A parameter that the server fills. */
export interface FilledParameter {
  readonly name: string;
  readonly type: TypeNode;
  readonly filling: Filling;
  /** The filling as the tag has it: `caller.id`. */
  readonly written: string;
}

interface Given<Argument> {
  readonly instance?: Argument;
  readonly arguments: readonly Argument[];
}

/** What a method is called on comes first. */
export function givenTo<Argument>({ instance, arguments: args }: Given<Argument>): readonly Argument[] {
  return instance === undefined ? args : [instance, ...args];
}

/** One parameter of a function, and one function that could fill it. */
export interface StepPair {
  readonly taker: ExportReference;
  readonly parameter: string;
  readonly giver: ExportReference;
}

export function stepId({ taker, parameter, giver }: StepPair): string {
  return `${referenceId(taker)} ${parameter} ${referenceId(giver)}`;
}

/** A parameter that another tool fills in the same call, or that it is handed to for the function to call. */
export interface StepPlan {
  readonly parameter: string;
  /** The tool, by its name. */
  readonly tool: string;
  /** Its function. */
  readonly callee: ExportReference;
  /** That is a method of a class, of which there is an instance. */
  readonly isOfClass: boolean;
  /**
   * `fills`: it is run first, with arguments of the whole call. Otherwise the function calls it: with all its arguments
   * in one object, with one after the other, or with the last of them as many times as it likes.
   */
  readonly how: "fills" | "called" | "calledWithAll" | "calledWithRest";
  /** Its arguments. */
  readonly takes: readonly string[];
  /** What it gives can depend on who calls. */
  readonly readsCaller: boolean;
  /** As clients are told of the tool: absent is unknown. */
  readonly hints: StepHints;
  /** Absent where nothing shows that calling the tool changes anything. */
  readonly change?: StepChange;
}

export interface StepHints {
  readonly readOnlyHint?: boolean;
  readonly openWorldHint?: boolean;
}

/** What shows that calling a tool changes something. */
export interface StepChange {
  /** A sentence, such as "`writeFile(…)` changes what outlives the call". */
  readonly message: string;
  readonly span: Span;
}
