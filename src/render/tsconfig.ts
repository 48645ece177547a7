/** The generated project's tsconfig.json: the user's own options, and what generated code needs beside them. */
import { posix } from "node:path";
import type { JsonObject } from "../model/json.js";
import type { ProjectPlan } from "../model/plan.js";
import { jsonFile } from "./json-code.js";

/** What a new project should have; one that exists has its own. */
const strict: JsonObject = {
  target: "ES2023",
  lib: ["ES2023"],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
};

/** A bundler's view of modules; and nothing of what would want declarations or files written. */
const needed: JsonObject = {
  module: "ESNext",
  moduleResolution: "Bundler",
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  esModuleInterop: true,
  types: ["node"],
  skipLibCheck: true,
  noEmit: true,
};

const inherited: JsonObject = {
  composite: false,
  incremental: false,
  declaration: false,
  declarationMap: false,
  emitDeclarationOnly: false,
  isolatedDeclarations: false,
};

export function renderTsconfig(project: ProjectPlan): string {
  const { rootFromOutput, tsconfig } = project;
  if (tsconfig === undefined)
    return jsonFile({ compilerOptions: { ...strict, ...needed }, include: ["generated", "test"] });
  const path = posix.join(rootFromOutput, tsconfig);
  return jsonFile({
    extends: path.startsWith(".") ? path : `./${path}`,
    compilerOptions: { ...needed, ...inherited, rootDir: rootFromOutput },
    include: ["generated", "test"],
  });
}
