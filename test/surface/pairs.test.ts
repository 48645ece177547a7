/** What is said of pairs of signatures, through the real pipeline: two sources of one function for each pair. */
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { preview } from "../../src/pipeline.js";
import type { SurfaceChange } from "../../src/surface/change.js";
import { compareSurfaces } from "../../src/surface/index.js";
import { surfacePath } from "../../src/surface/listed.js";
import { isError } from "../../src/diagnostics/diagnostic.js";
import { emptySuite, writeText } from "../support/fixtures/workspace.js";
import { harmlessPairs } from "./harmless-pairs.js";
import { signaturePairs } from "./signature-pairs.js";
import { plannedText } from "../../src/model/files.js";

const suite = emptySuite("surface-pairs");
let changes: readonly SurfaceChange[] = [];

beforeAll(async () => {
  const [old, now] = [
    await surfaceOf("old", ([, signature]) => signature),
    await surfaceOf("new", ([, , signature]) => signature),
  ];
  changes = compareSurfaces(old, now) ?? [];
}, 120_000);

test("there are enough of them", () => {
  expect(signaturePairs.length).toBeGreaterThanOrEqual(80);
  expect(harmlessPairs.length).toBeGreaterThanOrEqual(20);
  expect(harmlessPairs.filter(([, , , expected]) => !expected.startsWith("breaking "))).toEqual([]);
});

describe("pairs", () => {
  test.each(signaturePairs.map((pair, index) => [...pair, index] as const))(
    "%s",
    (_name, _old, _now, expected, index) => {
      const found = changes.filter(({ subject }) => subject.name === nameOf(index));
      const told = found.map(({ kind, part, path }) => `${kind} ${part} ${path}`.trim());
      expect([...new Set(told)].toSorted().join("; "), JSON.stringify(found, null, 1)).toBe(expected);
    },
  );
});

function nameOf(index: number): string {
  return `f${String(index)}`;
}

async function surfaceOf(folder: string, pick: (pair: (typeof signaturePairs)[number]) => string): Promise<string> {
  const root = join(suite, folder);
  writeText(join(root, "package.json"), '{ "type": "module" }\n');
  writeText(join(root, "tsconfig.json"), '{ "compilerOptions": { "strict": true, "lib": ["es2023", "dom"] } }\n');
  signaturePairs.forEach((pair, index) =>
    writeText(join(root, `src/${nameOf(index)}.ts`), moduleOf(pick(pair), index)),
  );
  const { value, diagnostics } = await preview({ cwd: root, source: "src" });
  expect(diagnostics.filter(isError)).toEqual([]);
  return plannedText(value.files ?? [], surfacePath) ?? "";
}

/** A function that never returns: its types are all that is read of it. */
function moduleOf(text: string, index: number): string {
  const lines = text.split("\n");
  const tags = lines.filter((line) => line.startsWith("@"));
  const types = lines.slice(0, -1).filter((line) => !line.startsWith("@"));
  const isAsync = /Promise<\w+>$/.test(text) ? "async " : "";
  const comment = ["/**", " * Does something.", ...tags.map((tag) => ` * ${tag}`), " */"];
  const declaration = `export ${isAsync}function ${nameOf(index)}${lines.at(-1) ?? ""} { throw new Error("not called"); }`;
  return [...types, ...comment, declaration, ""].join("\n");
}
