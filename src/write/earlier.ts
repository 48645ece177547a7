/** Texts of an earlier build, for the build after it: each is taken only where it stands as it was written. */
import type { KnownText, OutputFile, TakeText } from "../model/files.js";
import { hashText } from "../model/hash.js";
import { readBases, type Bases } from "./base.js";
import { textOrNothing } from "./paths.js";

export type KnownTexts = Readonly<Record<string, KnownText>>;

export function openTexts(output: string, known: KnownTexts): TakeText {
  let bases: Bases | undefined;
  return ({ path, owner }, key) => {
    const origin = known[path];
    if (origin?.key !== key) return undefined;
    // Of the user's files, what mcpgen last wrote is kept beside them.
    const text = owner === "scaffold" ? (bases ??= readBases(output)).get(path)?.[0] : textOrNothing(output, path);
    const { hash, imports } = origin;
    return text !== undefined && hashText(text) === hash ? { text, imports, hash } : undefined;
  };
}

export function describeTexts(files: readonly OutputFile[]): KnownTexts {
  return Object.fromEntries(
    files.flatMap(({ path, text, origin }) =>
      origin ? [[path, { ...origin, hash: origin.hash ?? hashText(text) }]] : [],
    ),
  );
}

/** By path, what has just been read of the generated files. */
export function listTaken(files: readonly OutputFile[]): ReadonlyMap<string, string> {
  const taken = files.filter(({ origin, owner }) => owner === "generated" && origin?.hash !== undefined);
  return new Map(taken.map(({ path, text }) => [path, text]));
}
