/** The tsconfigs that people have, and what each of them allows a source to say. */
import type { LoadedFeature } from "./loaded.js";

export interface ForeignProject {
  readonly name: string;
  /** Texts of JSON files, by path: `tsconfig.json` and what it leads to. */
  readonly configs: Readonly<Record<string, object>>;
  readonly features: readonly Feature[];
  readonly type?: "module" | "commonjs";
  /** Of the user's own TypeScript, in package.json. */
  readonly typescript?: string;
}

export type Feature =
  | LoadedFeature
  | "alias"
  | "json"
  | "enum"
  | "decorator"
  | "ambient"
  | "constants"
  | "commonjs"
  | "assigned"
  | "namespace"
  | "jsdoc"
  | "late"
  | "required"
  | "whole"
  | "layers"
  | "suffix"
  | "fields"
  | "own";

type Options = Readonly<Record<string, unknown>>;

/** A project whose one tsconfig has these options; without `include` it takes whatever is there but the output. */
function one(name: string, compilerOptions: Options, given: Partial<ForeignProject> & { include?: string[] } = {}) {
  const { include, ...rest } = given;
  const files = include ? { include } : { exclude: ["node_modules", "server"] };
  const features: readonly Feature[] = ["enum", "ambient"];
  return { name, configs: { "tsconfig.json": { compilerOptions, ...files } }, features, ...rest };
}

const init = { strict: true, esModuleInterop: true, skipLibCheck: true, forceConsistentCasingInFileNames: true };
const bundler = { target: "es2022", module: "esnext", moduleResolution: "bundler", strict: true, skipLibCheck: true };
const node = { target: "es2022", module: "nodenext", strict: true, skipLibCheck: true };
const alias = { paths: { "@lib/*": ["./src/lib/*"] } };
const modern: readonly Feature[] = ["alias", "json", "enum", "ambient", "commonjs"];

export const projects: readonly ForeignProject[] = [
  { name: "none", configs: {}, features: ["enum", "json", "commonjs"] },
  one(
    "tsc --init of 4.9",
    { target: "es2016", module: "commonjs", ...init },
    { typescript: "4.9.5", type: "commonjs" },
  ),
  one(
    "tsc --init of 5.8",
    { target: "es2016", module: "commonjs", ...init },
    {
      typescript: "~5.8.0",
      type: "commonjs",
      features: ["enum", "ambient", "commonjs", "assigned", "constants", "late", "required", "stale", "bare", "lookup"],
    },
  ),
  one(
    "tsc --init of 6.0",
    {
      module: "nodenext",
      target: "esnext",
      types: [],
      sourceMap: true,
      declaration: true,
      declarationMap: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      strict: true,
      jsx: "react-jsx",
      verbatimModuleSyntax: true,
      isolatedModules: true,
      noUncheckedSideEffectImports: true,
      moduleDetection: "force",
      skipLibCheck: true,
    },
    { type: "module" },
  ),
  one(
    "Nest",
    {
      module: "commonjs",
      declaration: true,
      removeComments: true,
      emitDecoratorMetadata: true,
      experimentalDecorators: true,
      allowSyntheticDefaultImports: true,
      // What a TypeScript before 6 has when they are not written.
      esModuleInterop: false,
      types: ["node"],
      target: "ES2021",
      sourceMap: true,
      outDir: "./dist",
      baseUrl: "./",
      incremental: true,
      skipLibCheck: true,
      strictNullChecks: false,
      noImplicitAny: false,
      paths: { "@lib/*": ["src/lib/*"] },
    },
    {
      typescript: "^5.1.3",
      type: "commonjs",
      features: ["alias", "enum", "decorator", "ambient", "namespace", "required", "star", "typed"],
    },
  ),
  one(
    "Nest 11",
    {
      module: "nodenext",
      moduleResolution: "nodenext",
      resolvePackageJsonExports: true,
      esModuleInterop: true,
      isolatedModules: true,
      declaration: true,
      removeComments: true,
      emitDecoratorMetadata: true,
      experimentalDecorators: true,
      allowSyntheticDefaultImports: true,
      target: "ES2023",
      types: ["node"],
      sourceMap: true,
      outDir: "./dist",
      baseUrl: "./",
      incremental: true,
      skipLibCheck: true,
      strictNullChecks: true,
      forceConsistentCasingInFileNames: true,
      noImplicitAny: false,
      strictBindCallApply: false,
      noFallthroughCasesInSwitch: false,
    },
    { typescript: "^5.7.3", type: "commonjs", features: ["enum", "decorator", "ambient", "fields"] },
  ),
  one(
    "Next",
    {
      target: "ES2017",
      lib: ["dom", "dom.iterable", "esnext"],
      allowJs: true,
      skipLibCheck: true,
      strict: true,
      noEmit: true,
      esModuleInterop: true,
      module: "esnext",
      moduleResolution: "bundler",
      resolveJsonModule: true,
      isolatedModules: true,
      jsx: "preserve",
      incremental: true,
      paths: { "@lib/*": ["./src/lib/*"] },
    },
    { features: [...modern, "jsdoc", "element"], type: "commonjs" },
  ),
  {
    name: "Vite with references",
    configs: {
      "tsconfig.json": { files: [], references: [{ path: "./tsconfig.app.json" }, { path: "./tsconfig.node.json" }] },
      "tsconfig.app.json": {
        compilerOptions: {
          ...bundler,
          ...alias,
          lib: ["ES2022", "DOM", "DOM.Iterable"],
          types: [],
          useDefineForClassFields: true,
          allowImportingTsExtensions: true,
          moduleDetection: "force",
          noEmit: true,
          jsx: "react-jsx",
          resolveJsonModule: true,
          noUnusedLocals: true,
          noUnusedParameters: true,
        },
        include: ["src", "types"],
      },
      "tsconfig.node.json": { compilerOptions: { ...bundler, noEmit: true }, include: ["vite.config.ts"] },
    },
    features: modern,
    type: "module",
  },
  {
    name: "SvelteKit-like",
    configs: {
      "tsconfig.json": {
        extends: "./.kit/tsconfig.json",
        compilerOptions: { allowJs: true, checkJs: true, esModuleInterop: true, resolveJsonModule: true, strict: true },
      },
      ".kit/tsconfig.json": {
        compilerOptions: {
          ...bundler,
          paths: { "@lib/*": ["../src/lib/*"] },
          rootDirs: ["..", "./types"],
          verbatimModuleSyntax: true,
          isolatedModules: true,
          lib: ["esnext", "DOM"],
          noEmit: true,
        },
        include: ["../src/**/*.ts", "../src/**/*.js", "../types/**/*.d.ts"],
      },
    },
    features: ["alias", "json", "enum", "ambient", "commonjs", "jsdoc"],
    type: "module",
  },
  one(
    "Expo-like",
    {
      ...bundler,
      ...alias,
      lib: ["DOM", "ESNext"],
      allowJs: true,
      esModuleInterop: true,
      jsx: "react-native",
      noEmit: true,
      resolveJsonModule: true,
      customConditions: ["react-native"],
    },
    { features: modern, type: "commonjs" },
  ),
  ...["es2015", "es2017", "es2018", "es2020", "es2022", "esnext"].map((target) =>
    one(`target ${target}`, { ...bundler, target, noEmit: true }, { type: "module", features: ["enum", "ambient"] }),
  ),
  one("own lib", { ...bundler, lib: ["es2019"], noEmit: true }, { type: "module" }),
  one(
    "own types",
    { ...bundler, types: ["node", "words"], noEmit: true },
    { type: "module", features: ["enum", "ambient", "odd", "resolved"] },
  ),
  one(
    "own typeRoots",
    { ...bundler, types: ["house"], typeRoots: ["./roots"], noEmit: true },
    { type: "module", include: ["src", "types"] },
  ),
  one(
    "nodenext",
    { ...node, resolveJsonModule: true },
    {
      type: "module",
      features: ["json", "enum", "ambient", "constants", "commonjs", "late", "stale", "bare"],
    },
  ),
  one(
    "nodenext, CommonJS",
    { ...node, esModuleInterop: true },
    { features: ["enum", "ambient", "commonjs", "assigned", "whole", "lookup"] },
  ),
  one("node16", { ...node, module: "node16" }, { type: "module", features: ["enum", "ambient", "commonjs"] }),
  one(
    "node10 with baseUrl",
    {
      target: "es2019",
      module: "commonjs",
      moduleResolution: "node",
      baseUrl: "src",
      paths: { "@lib/*": ["lib/*"] },
      strict: true,
      esModuleInterop: true,
      resolveJsonModule: true,
      skipLibCheck: true,
    },
    { typescript: "5.4.5", type: "commonjs", features: modern },
  ),
  one(
    "composite",
    { ...node, composite: true, declaration: true, declarationMap: true, outDir: "dist", rootDir: "src" },
    { type: "module", include: ["src"], features: ["enum"] },
  ),
  one(
    "rootDirs",
    { ...bundler, rootDirs: ["src", "made"], noEmit: true },
    { type: "module", include: ["src", "made"], features: ["layers"] },
  ),
  one(
    "preserveSymlinks",
    { ...bundler, preserveSymlinks: true, noEmit: true },
    { type: "module", include: ["src"], features: ["linked"] },
  ),
  one("moduleSuffixes", { ...bundler, moduleSuffixes: [".node", ""], noEmit: true }, { features: ["suffix"] }),
  one(
    "nodenext by its own name",
    { ...node, rootDir: "src", outDir: "dist", declaration: true },
    { type: "module", include: ["src"], features: ["own"] },
  ),
  one(
    "not strict",
    { target: "es2020", module: "commonjs", moduleResolution: "node", esModuleInterop: true, skipLibCheck: true },
    { typescript: "5.9.2", type: "commonjs", features: ["enum", "ambient", "commonjs"] },
  ),
  one(
    "strictest",
    {
      ...node,
      resolveJsonModule: true,
      allowUnusedLabels: false,
      allowUnreachableCode: false,
      exactOptionalPropertyTypes: true,
      noFallthroughCasesInSwitch: true,
      noImplicitOverride: true,
      noImplicitReturns: true,
      noPropertyAccessFromIndexSignature: true,
      noUncheckedIndexedAccess: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      isolatedModules: true,
      verbatimModuleSyntax: true,
      checkJs: true,
      esModuleInterop: true,
    },
    { type: "module", features: ["json", "enum", "ambient", "commonjs", "jsdoc"] },
  ),
];
