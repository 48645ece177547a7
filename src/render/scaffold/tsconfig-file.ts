/** generated/tsconfig.json: what generated code is checked by. Only what decides the types of the user's functions is the user's. */
import { posix } from "node:path";
import type { JsonObject } from "../../model/json.js";
import type { ProjectPlan } from "../../model/project/project.js";
import { jsonFile } from "../code/json-file.js";

/** What the runtime is written for; libraries of the user's come on top. */
const ours = {
  target: "ES2023",
  lib: ["ES2023", "ESNext.Disposable"],
  module: "Preserve",
  moduleResolution: "Bundler",
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  noEmit: true,
} as const;

export function renderTsconfig({ rootFromOutput, compiler }: ProjectPlan): string {
  const fromGenerated = (path: string): string => relative(posix.join("..", rootFromOutput, path));
  const { lib = [], ...options } = compiler.options;
  const typeRoots = [...compiler.typeRoots.map(fromGenerated), "../node_modules/@types"];
  const paths = Object.entries(compiler.paths).map(([pattern, targets]) => [pattern, targets.map(fromGenerated)]);
  const compilerOptions: JsonObject = {
    ...ours,
    lib: union(ours.lib, lib as readonly string[]),
    types: union(["node"], compiler.types),
    ...(compiler.typeRoots.length > 0 && { typeRoots }),
    ...options,
    strictNullChecks: true,
    ...(paths.length > 0 && { paths: Object.fromEntries(paths) as JsonObject }),
    ...(compiler.conditions.length > 0 && { customConditions: compiler.conditions }),
  };
  const include = [".", "../test", ...compiler.ambient.map(fromGenerated)];
  return jsonFile({ compilerOptions, include });
}

/** tsconfig.json, for editors: tests are read as generated code is. */
export function renderScaffoldTsconfig(): string {
  return jsonFile({ extends: "./generated/tsconfig.json", include: ["generated", "test"] });
}

/** The same library is written in several ways: `ES2023`, `es2023`. */
function union(own: readonly string[], theirs: readonly string[]): readonly string[] {
  const known = new Set(own.map((name) => name.toLowerCase()));
  return [...own, ...theirs.filter((name) => !known.has(name.toLowerCase()))];
}

function relative(path: string): string {
  return path.startsWith(".") ? path : `./${path}`;
}
