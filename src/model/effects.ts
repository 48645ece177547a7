/** What a function does beside computing its result from its arguments, as far as its body shows. */
import type { Span } from "./span.js";

export interface Effect {
  readonly kind: EffectKind;
  /** What has it, as it is written: `Math.random()`. */
  readonly text: string;
  readonly span: Span;
  /** The names of the functions that lead there, the outermost first; empty when it is in the function itself. */
  readonly through: readonly string[];
}

export type EffectKind =
  /** Looks at something that can change: a file, the environment, a row. */
  | "reads"
  /** Changes something that outlives the call. */
  | "writes"
  /** Changes a variable of a module: what the next call sees depends on this one. */
  | "state"
  | "network"
  | "clock"
  | "random"
  /** Prints. */
  | "console"
  /** Looks for a file in the process's working directory, which is the client's choice. What becomes of the file is another effect. */
  | "directory"
  /** Calls what cannot be followed: it may do anything. */
  | "unknown";

/** No effect at all: the same arguments give the same result. */
export function isPure(effects: readonly Effect[]): boolean {
  return effects.every(({ kind }) => kind === "console" || kind === "directory");
}

/** Provably changes nothing. The network is left to its owner to judge: a GET may have consequences. */
export function changesNothing(effects: readonly Effect[]): boolean {
  const harmless: ReadonlySet<EffectKind> = new Set<EffectKind>(["reads", "clock", "random", "console", "directory"]);
  return effects.every(({ kind }) => harmless.has(kind));
}
