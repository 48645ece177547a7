/** Who may import whom: the table of the house, as data. What it does not allow is forbidden. */
export interface FolderRule {
  /** Folders whose doors may be imported. */
  readonly imports?: readonly string[];
  /** Folders of which only types may be imported. */
  readonly types?: readonly string[];
  /** Packages, or `package@file` for the one file that may import it. */
  readonly libraries?: readonly string[];
  /** Node's own modules, without `node:`. */
  readonly builtins?: readonly string[];
  /** Files that others may import; default `index.ts`, `*` is all of them. */
  readonly doors?: readonly string[];
  /** Globals of the list below that the folder may use. */
  readonly globals?: readonly string[];
}

/** They make output depend on the machine, the moment or the environment. */
export const worldly = ["process", "console", "Date", "Math.random", "localeCompare", "performance"] as const;

export const folders: Readonly<Record<string, FolderRule>> = {
  "src/model": { types: ["src/diagnostics"], builtins: ["crypto@src/model/hash.ts"], doors: ["*"] },
  "src/diagnostics": { imports: ["src/model"], doors: ["*"] },
  "src/config": {
    imports: ["src/model", "src/diagnostics"],
    libraries: ["zod", "jsonc-parser"],
    builtins: ["fs", "fs/promises", "path"],
    doors: ["load.ts", "config.ts", "draft.ts", "workspace.ts"],
  },
  "src/discover": {
    imports: ["src/model", "src/diagnostics"],
    types: ["src/config"],
    libraries: ["ts-morph"],
    builtins: ["fs", "path", "url", "module"],
  },
  "src/analyze": {
    imports: ["src/model", "src/diagnostics"],
    types: ["src/discover"],
    libraries: ["ts-morph"],
    // TypeScript is CommonJS, which `require` loads faster than `import` does.
    builtins: ["module@src/analyze/compiler.ts"],
  },
  // Of `path` only what computes.
  "src/plan": {
    imports: ["src/model", "src/diagnostics"],
    types: ["src/config"],
    builtins: ["path@src/plan/index.ts"],
  },
  "src/render": {
    imports: ["src/model", "src/diagnostics"],
    // The names that generated code uses of the runtime: one that is gone does not compile.
    types: ["templates/runtime"],
    libraries: ["handlebars@src/render/templates.ts", "prettier@src/render/format.ts"],
    builtins: ["fs", "fs/promises", "path", "url"],
  },
  "src/write": {
    imports: ["src/model", "src/diagnostics"],
    libraries: ["diff@src/write/diff.ts", "jsonc-parser@src/write/package-json.ts", "jsonc-parser@src/write/fix.ts"],
    builtins: ["fs", "fs/promises", "path", "os@src/write/lock.ts", "timers/promises@src/write/lock.ts"],
    doors: ["snapshot.ts", "compare.ts", "apply.ts", "fix.ts", "intact.ts", "memory.ts"],
  },
  "src/explain": { imports: ["src/model"] },
  "src/graph": { imports: ["src/model"] },
  "src/unchanged.ts": { imports: ["src/config", "src/discover", "src/write", "src/model"], doors: ["*"] },
  "src/pipeline.ts": {
    imports: [
      "src/unchanged.ts",
      "src/config",
      "src/discover",
      "src/analyze",
      "src/plan",
      "src/render",
      "src/write",
      "src/model",
      "src/diagnostics",
    ],
    doors: ["*"],
  },
  "src/index.ts": {
    // Of the runtime, what sources name when they are built: contracts, `bind` and `providers`.
    imports: ["src/pipeline.ts", "src/cli", "src/model", "src/diagnostics", "src/config", "templates/runtime"],
    doors: ["*"],
  },
  "src/cli": {
    imports: ["src/pipeline.ts", "src/explain", "src/graph", "src/config", "src/diagnostics", "src/model"],
    libraries: ["commander@src/cli/program.ts", "@modelcontextprotocol/client@src/cli/client.ts"],
    builtins: ["fs", "fs/promises", "path", "url", "child_process", "process"],
    doors: ["owner.ts"],
    globals: ["process", "console", "Date", "performance"],
  },
  "src/create": {
    imports: ["src/pipeline.ts", "src/cli", "src/config", "src/diagnostics", "src/model"],
    libraries: ["@clack/prompts", "commander"],
    builtins: ["fs", "fs/promises", "path", "url", "child_process", "process"],
    globals: ["process", "console"],
  },
  "templates/runtime": {
    libraries: [
      ...["zod", "pino", "@modelcontextprotocol/sdk", "lru-cache", "ioredis", "rate-limiter-flexible", "piscina"],
      ...["undici", "pg", "@electric-sql/pglite", "@opentelemetry/api", "@opentelemetry/sdk-trace-node"],
      ...["@opentelemetry/sdk-metrics", "@opentelemetry/resources", "@opentelemetry/exporter-trace-otlp-http"],
      "@opentelemetry/exporter-metrics-otlp-http",
    ],
    builtins: ["*"],
    globals: [...worldly],
    doors: ["*"],
  },
};

/** Only these folders of the runtime know the SDK. */
export const sdkFolder = /^templates\/runtime\/sdk-[^/]+\//;

/** A name that says nothing about what is inside. */
export const emptyNames = ["utils", "util", "helpers", "helper", "common", "shared", "core", "misc", "lib"];

/** `types.ts` says something only where types are the subject. */
export const typesFileFolders = ["src/model", "src/analyze"];

export const limits = { file: 300, function: 60, flatSwitch: 100, parameters: 3 } as const;

/** The folder of the table that a file belongs to. */
export function folderOf(path: string): string | undefined {
  return Object.keys(folders).find((folder) => path === folder || path.startsWith(`${folder}/`));
}
