/**
 * The projects that the test files belong to, for `npm run test:quick` and its kin (`.ci/vitest.config.js`).
 * An entry is a file or a folder under test/; the longest that fits a file decides, so that a slow file of a quick
 * folder is named by itself. `quick` and `quick-runtime` are what a change is tried with: the files that take less than
 * four seconds here, and start neither a service nor a package manager. Those of `quick` share a process and the modules
 * they import (the compiler above all): they put nothing in a module's place and change nothing of the process.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";

export type TestProject = "quick" | "quick-runtime" | "golden" | "runtime" | "system";

export const testProjects: Readonly<Record<TestProject, readonly string[]>> = {
  quick: [
    "analyze/",
    "architecture.test.ts",
    "catalog.test.ts",
    "contract-pages.test.ts",
    "create/create.test.ts",
    "dead-exports.test.ts",
    "diagnostic-pages.test.ts",
    "documents.test.ts",
    "graph/",
    "language/",
    "test-projects.test.ts",
    "unit/",
    "words.test.ts",
    "write/",
  ],
  "quick-runtime": ["runtime/"],
  golden: [
    "carried.test.ts",
    "determinism.test.ts",
    "golden-compiles.test.ts",
    "golden-serves.test.ts",
    "golden.test.ts",
    "regenerate.test.ts",
    "surface/pairs.test.ts",
  ],
  runtime: [
    "analyze/effects.test.ts",
    "edits/",
    "runtime/cache/cluster.test.ts",
    "runtime/cache/interleaving.test.ts",
    "runtime/cache/redis.test.ts",
    "runtime/cache/servers.test.ts",
    "runtime/client/unread.test.ts",
    "runtime/compiles.test.ts",
    "runtime/database/",
    "runtime/dependency.test.ts",
    "runtime/http-client/private.test.ts",
    "runtime/http-client/sockets.test.ts",
    "runtime/listeners.test.ts",
    "runtime/lock/",
    "runtime/redis/",
    "runtime/stdio.test.ts",
    "runtime/tracing/opentelemetry.test.ts",
    "surface/laws.test.ts",
    "types/",
  ],
  system: [
    "bench.test.ts",
    "cli/",
    "configuration.test.ts",
    "conformance.test.ts",
    "interop.test.ts",
    "container.test.ts",
    "create/project.test.ts",
    "database.test.ts",
    "dev/",
    "docs.test.ts",
    "injection.test.ts",
    "package/",
    "projects/",
    "replicas.test.ts",
    "shop.test.ts",
    "streams.test.ts",
    "surface/diff.test.ts",
    "telemetry.test.ts",
    "testing-kit.test.ts",
    "workers.test.ts",
    "write/crash.test.ts",
  ],
};

/** The files that take most of a run of all, the longest first: in this order they begin, before any other. */
export const dearest: readonly string[] = [
  "projects/matrix.test.ts",
  "dev/stdio.test.ts",
  "golden-serves.test.ts",
  "dev/http.test.ts",
  "streams.test.ts",
  "container.test.ts",
  "testing-kit.test.ts",
  "golden-compiles.test.ts",
  "create/project.test.ts",
  "edits/parts.test.ts",
  "injection.test.ts",
  "write/crash.test.ts",
  "runtime/compiles.test.ts",
  "cli/commands.test.ts",
  "bench.test.ts",
  "docs.test.ts",
  "cli/tag-pages.test.ts",
  "cli/explain.test.ts",
  "cli/up-to-date.test.ts",
  "edits/laws.test.ts",
  "determinism.test.ts",
];

/** Every test file, by its path under test/. */
export function testFiles(): readonly string[] {
  const root = join(import.meta.dirname, "..");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".test.ts"))
    .sort();
}

/** The entry that decides where a file belongs. */
export function entryOf(file: string): readonly [TestProject, string] | undefined {
  const entries = (Object.keys(testProjects) as TestProject[]).flatMap((project) =>
    testProjects[project].map((entry) => [project, entry] as const),
  );
  return entries
    .filter(([, entry]) => (entry.endsWith("/") ? file.startsWith(entry) : file === entry))
    .toSorted(([, a], [, b]) => b.length - a.length)[0];
}
