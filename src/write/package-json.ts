/**
 * The user's package.json + the packages that the generated code needs → package.json with those added
 * that are missing. Nothing else is touched: not a version, not a line end, not the order of keys.
 */
import { applyEdits, modify } from "jsonc-parser";
import { compareText } from "../model/text.js";

const sections = ["dependencies", "devDependencies"] as const;
/** Where a user may have put a package; any of them counts as having it. */
const allSections = [...sections, "peerDependencies", "optionalDependencies"] as const;

type Packages = Readonly<Record<string, string>>;
type PackageJson = Readonly<Partial<Record<(typeof allSections)[number], Packages>>>;

/** Names of all packages that a package.json of ours asks for. */
export function packagesOf(text: string): readonly string[] {
  const content = parsePackageJson(text) ?? {};
  return sections.flatMap((section) => Object.keys(content[section] ?? {}));
}

/** Undefined when the user's text is not a JSON object. `known` were added once before: missing now means removed by the user. */
export function addPackages(current: string, wanted: string, known: readonly string[]): string | undefined {
  const had = parsePackageJson(current);
  if (!had) return undefined;
  const present = new Set([...known, ...allSections.flatMap((section) => Object.keys(had[section] ?? {}))]);
  let text = current;
  for (const section of sections) {
    const packages = Object.entries(parsePackageJson(wanted)?.[section] ?? {});
    for (const [name, version] of packages) if (!present.has(name)) text = insert(text, [section, name], version);
  }
  return text;
}

function insert(text: string, path: readonly [string, string], version: string): string {
  const formattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: /^( +)\S/m.exec(text)?.[1]?.length ?? 2,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
  // npm keeps packages in code-unit order; a new one goes where npm would put it.
  const getInsertionIndex = (names: string[]) => {
    const after = names.findIndex((name) => compareText(name, path[1]) > 0);
    return after < 0 ? names.length : after;
  };
  return applyEdits(text, modify(text, [...path], version, { formattingOptions, getInsertionIndex }));
}

function parsePackageJson(text: string): PackageJson | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
