/** A comparison of planned files with an output folder in memory, told in words. */
import { manifestPath, type Change, type OutputFile } from "../../src/model/files.js";
import { hashText } from "../../src/model/hash.js";
import { basePath, parseBases, printBases, type Base } from "../../src/write/base.js";
import { compareFiles, type Comparison } from "../../src/write/compare.js";
import { printManifest } from "../../src/write/manifest.js";
import type { Entry } from "../../src/write/snapshot.js";
import { hashTokens } from "../../src/write/tokens.js";

export const generated = (path: string, text: string): OutputFile => ({ path, text, owner: "generated" });
export const scaffold = (path: string, text: string): OutputFile => ({ path, text, owner: "scaffold" });
export const file = (text: string): Entry => ({ kind: "file", text });
export const origin = { mcpgen: "1.0.0", config: "c", inputs: [{ path: "src/a.ts", hash: "h" }] };

interface Disk {
  readonly planned: readonly OutputFile[];
  readonly disk?: Readonly<Record<string, Entry>>;
  /** Texts of scaffold files that mcpgen wrote last, by path. */
  readonly base?: Readonly<Record<string, string>>;
  /** Texts that mcpgen wrote, by path. */
  readonly written?: Readonly<Record<string, string>>;
  readonly scaffold?: readonly string[];
  readonly conflicts?: Comparison["conflicts"];
}

export function compare({ planned, disk = {}, base = {}, written, scaffold: known = [], conflicts = "refuse" }: Disk) {
  const byPath = (hash: (text: string) => string) =>
    Object.fromEntries(Object.entries(written ?? {}).map(([path, text]) => [path, hash(text)]));
  const manifest = {
    mcpgen: "1.0.0",
    config: "c",
    inputs: { "src/a.ts": "h" },
    files: byPath(hashText),
    tokens: byPath(hashTokens),
    scaffold: known,
    dependencies: [],
    variables: [],
  };
  const entries = new Map(Object.entries(disk));
  if (written) entries.set(manifestPath, file(printManifest(manifest)));
  const texts = new Map(Object.entries(base));
  const bases = new Map([...texts].map(([path, text]): readonly [string, Base] => [path, [text, text]]));
  if (bases.size > 0) entries.set(basePath, file(printBases(texts)));
  const snapshot = { entries, bases, strays: [], isUnsettled: false, ...(written && { manifest }) };
  const { value, diagnostics } = compareFiles({ files: planned, snapshot, origin, conflicts });
  const changes = value.filter(({ path }) => path !== manifestPath && path !== basePath);
  const change = value.find(({ path }) => path === basePath);
  return {
    changes,
    /** `create test/a.test.ts`, of what is kept for the next merge. */
    bases: describeBases(base, change),
    /** `update generated/a.ts` */
    kinds: changes.map(({ kind, path }) => `${kind} ${path}`),
    codes: diagnostics.map(({ code }) => code),
    diagnostics,
    manifest: value.find((change) => change.path === manifestPath),
  };
}

function describeBases(base: Readonly<Record<string, string>>, change: Change | undefined): readonly string[] {
  const before = new Map(Object.entries(base));
  const isWritten = change?.kind === "create" || change?.kind === "update";
  const written = new Map(isWritten ? [...parseBases(change.text)].map(([path, [text]]) => [path, text] as const) : []);
  const after = isWritten || change?.kind === "delete" ? written : before;
  return [...new Set([...before.keys(), ...after.keys()])].map((path) => {
    const [old, now] = [before.get(path), after.get(path)];
    return `${old === undefined ? "create" : now === undefined ? "delete" : old === now ? "unchanged" : "update"} ${path}`;
  });
}
