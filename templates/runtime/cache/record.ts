// An entry ↔ the text that stands for it in Redis. What cannot be read is nothing: another version may have written it.
import type { EntryKind } from "./stored/entry.js";

/** What is kept of a result, wherever it is. */
export interface Stored {
  readonly kind: EntryKind;
  readonly text: string;
  readonly tags: readonly string[];
  /** In milliseconds from now, as all of these. */
  readonly ttl: number;
  /** Beyond `ttl`. */
  readonly swr: number;
  readonly spare: number;
}

export interface Sealed extends Stored {
  /** When it was kept, in microseconds of Redis's own clock. */
  readonly at: number;
  /** Those of its tags, at that time. */
  readonly generations: readonly string[];
}

type Header = Pick<Stored, "kind" | "tags" | "swr" | "spare">;

/** What the script that keeps it takes. */
export function printRecord({ kind, tags, swr, spare, text }: Stored): string {
  return `${JSON.stringify({ kind, tags, swr, spare } satisfies Header)}\n${text}`;
}

/** `remaining` is how long Redis will still have it. */
export function readRecord(printed: string, remaining: number): Sealed | undefined {
  const first = printed.indexOf("\n");
  const second = printed.indexOf("\n", first + 1);
  if (first < 0 || second < 0) return undefined;
  const [at, ...generations] = printed.slice(0, first).split(" ");
  try {
    const header = JSON.parse(printed.slice(first + 1, second)) as Header;
    const { kind, tags, swr, spare } = header;
    return {
      kind,
      tags,
      swr,
      spare,
      text: printed.slice(second + 1),
      ttl: remaining - spare,
      at: Number(at),
      generations,
    };
  } catch {
    return undefined;
  }
}
