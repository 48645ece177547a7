/** Texts of an earlier build, for the build after it: each is taken only where it stands as it was written. */
import {
  isStanding,
  manifestPath,
  type Change,
  type EarlierTexts,
  type KnownText,
  type OutputFile,
  type PlannedFile,
} from "../model/files.js";
import { hashText } from "../model/hash.js";
import { once } from "../model/once.js";
import { isProof, stampOf, type Stamp } from "../model/project/stamps.js";
import { basePath, readBases } from "./base.js";
import { look, type SeenFolders } from "./paths.js";
import { long, textOrNothing } from "./texts.js";

export interface KnownTexts {
  /** By path. */
  readonly files: Readonly<Record<string, KnownText>>;
  /** Hash of the file that holds what mcpgen last wrote of the user's; absent where there was none. */
  readonly bases?: string;
}

export interface EarlierOutput {
  readonly output: string;
  readonly known: KnownTexts;
  /** The manifest is the one that was written with these. */
  readonly isIntact: boolean;
}

export function openTexts({ output, known, isIntact }: EarlierOutput): EarlierTexts {
  const bases = once(() => readBases(output));
  const hasBases = once(() => hashOf(output, basePath) === known.bases);
  const seen: SeenFolders = new Set();
  type Place = Pick<OutputFile, "path" | "owner">;
  const isUntouched = ({ path, owner }: Place, { stamp }: KnownText): boolean =>
    isIntact &&
    stamp !== undefined &&
    (owner === "generated" || hasBases()) &&
    stampAt(output, path, seen)?.text === stamp;
  const read: EarlierTexts["read"] = (file, key) => {
    const { path, owner } = file;
    const origin = known.files[path];
    if (origin?.key !== key) return undefined;
    const text = owner === "scaffold" ? bases().get(path)?.[0] : textOrNothing(output, path);
    const isSame = text !== undefined && (isUntouched(file, origin) || hashText(text) === origin.hash);
    const { key: _, stamp: __, ...others } = origin;
    return isSame ? { ...others, text } : undefined;
  };
  return {
    read,
    take: (file, key) => {
      const standing = known.files[file.path];
      return standing?.key === key && isUntouched(file, standing) ? { ...file, standing } : read(file, key);
    },
  };
}

const hashes = new WeakMap<OutputFile, string>();

/** Of the text that is planned. */
export function hashPlanned(file: PlannedFile): string {
  if (isStanding(file)) return file.standing.hash;
  const hash = file.origin?.hash ?? hashes.get(file) ?? hashText(file.text);
  hashes.set(file, hash);
  return hash;
}

export interface Written {
  readonly output: string;
  readonly files: readonly PlannedFile[];
  readonly changes: readonly Change[];
}

/** After they have been written. */
export function describeTexts({ output, files, changes }: Written): KnownTexts {
  const seen: SeenFolders = new Set();
  const now = stampAt(output, manifestPath, seen)?.changed ?? 0;
  const own = new Set(changes.flatMap((change) => ("merge" in change ? change.path : [])));
  const stampIn = ({ path }: OutputFile): Pick<KnownText, "stamp"> => {
    const stamp = own.has(path) ? undefined : stampAt(output, path, seen);
    return stamp && isProof(stamp, now) ? { stamp: stamp.text } : {};
  };
  const known = files.flatMap((file): (readonly [string, KnownText])[] => {
    if (isStanding(file)) return [[file.path, file.standing]];
    const { path, origin } = file;
    return origin ? [[path, { ...origin, hash: hashPlanned(file), ...stampIn(file) }]] : [];
  });
  const bases = hashOf(output, basePath);
  return { files: Object.fromEntries(known), ...(bases !== undefined && { bases }) };
}

/** Of a file that no link leads to. */
function stampAt(output: string, path: string, seen: SeenFolders): Stamp | undefined {
  const standing = look(output, path, seen);
  return standing.kind === "file" ? stampOf(standing.stats) : undefined;
}

function hashOf(output: string, path: string): string | undefined {
  const text = textOrNothing(output, path);
  return text === undefined ? undefined : hashText(text);
}

/** For the next build of this process, what has just been written, once its stamp can be trusted. */
export function readAhead({ output, changes }: Pick<Written, "output" | "changes">): void {
  const paths = changes.filter((change) => "text" in change && change.text.length >= long).map(({ path }) => path);
  const read = (): void => {
    for (const path of paths) textOrNothing(output, path);
  };
  setTimeout(read, 50).unref();
}

/** By path, what has just been read of the generated files. */
export function listTaken(files: readonly PlannedFile[]): ReadonlyMap<string, string> {
  return new Map(
    files.flatMap((file): (readonly [string, string])[] => {
      const isTaken = !isStanding(file) && file.owner === "generated" && file.origin?.hash !== undefined;
      return isTaken ? [[file.path, file.text]] : [];
    }),
  );
}
