/** `generated/manifest.json` as text and as data: what mcpgen wrote, so that an edit can be told from its own work. */
import { diagnostic } from "../diagnostics/diagnostic.js";
import { compareText } from "../model/text.js";
import { manifestPath, type Manifest } from "../model/files.js";
import { lastly } from "../model/once.js";
import { succeed, type Result } from "../model/result.js";
import { hasMarkers, sidesOf } from "../model/project/markers.js";
import { isSafePath } from "./paths.js";

export function printManifest(manifest: Manifest): string {
  const { mcpgen, config, asked, inputs, files, tokens, scaffold, dependencies, variables } = manifest;
  const sorted = {
    mcpgen,
    config,
    ...(asked && { asked }),
    inputs: sortKeys(inputs),
    files: sortKeys(files),
    tokens: sortKeys(tokens),
    scaffold: sort(scaffold),
    dependencies: sort(dependencies),
    variables: sort(variables),
  };
  const text = `${JSON.stringify(sorted, null, 2)}\n`;
  decode.keep(text, sorted);
  return text;
}

export function parseManifest(text: string): Result<Manifest | undefined> {
  const manifest = decode(text);
  if (manifest) return succeed(manifest);
  const reason = hasMarkers(text) ? "it holds the marks of a merge conflict" : "it is not what mcpgen wrote";
  return succeed(undefined, [diagnostic("MG607", `\`${manifestPath}\` cannot be used: ${reason}`)]);
}

/** That of each branch where two have met; undefined where it cannot be told what they were. */
export function parseSides(text: string): readonly [Manifest, Manifest] | undefined {
  const [ours, theirs] = (sidesOf(text) ?? []).map(decode);
  return ours && theirs && [ours, theirs];
}

/** One from before .env.example was added to, or before tokens were kept, names none. A build begins with what the last one printed. */
const decode = lastly((text): Manifest | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const added = { variables: [], tokens: {} };
  const complete: unknown = typeof value === "object" && value !== null ? { ...added, ...value } : undefined;
  return isManifest(complete) ? complete : undefined;
});

/** The paths are about to be deleted or overwritten: one that leads out of the output is not ours. */
function isManifest(value: unknown): value is Manifest {
  if (typeof value !== "object" || value === null) return false;
  const { mcpgen, config, inputs, files, tokens, scaffold, dependencies, variables } = value as Partial<
    Record<keyof Manifest, unknown>
  >;
  return (
    typeof mcpgen === "string" &&
    typeof config === "string" &&
    isHashes(inputs) &&
    isHashes(files) &&
    Object.keys(files).every(isSafePath) &&
    isHashes(tokens) &&
    isTexts(scaffold) &&
    isTexts(dependencies) &&
    isTexts(variables)
  );
}

function isHashes(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && isTexts(Object.values(value));
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** By code units: the same on every machine, and a merge finds neighbours together. */
function sort(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareText);
}

function sortKeys(record: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const keys = Object.keys(record);
  if (keys.every((key, index) => index === 0 || compareText(keys[index - 1] ?? "", key) < 0)) return record;
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareText(a, b)));
}
