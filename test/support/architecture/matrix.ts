/** Who may import whom: the table of the house, as data. What it does not allow is forbidden. */
import { rooms, type FolderRule } from "./rooms.js";
import { worldly } from "./world.js";

/** What each call of a server goes through, whatever it is for. */
const ground = ["contracts", "call", "logging", "errors", "lifecycle"];

/** Keeps what V8 has compiled, from one process to the next. */
const keptCompiler = "src/discover/compiler/compiled.ts";

export const folders: Readonly<Record<string, FolderRule>> = {
  "src/model": {
    types: ["src/diagnostics"],
    libraries: ["picomatch@src/model/project/globs.ts"],
    builtins: ["crypto@src/model/hash.ts"],
    doors: ["*"],
  },
  "src/language/injected": { imports: ["src/model"], doors: ["*"] },
  "src/language/policies": { imports: ["src/model", "src/language/injected"], doors: ["*"] },
  "src/language": { imports: ["src/model", "src/language/policies"], doors: ["*"] },
  "src/diagnostics": { imports: ["src/model"], doors: ["*"] },
  "src/neighbours": {
    imports: ["src/model"],
    libraries: ["jsonc-parser@src/neighbours/neighbour.ts"],
    builtins: ["path"],
  },
  "src/config": {
    imports: ["src/model", "src/language/policies", "src/diagnostics"],
    libraries: ["zod", "jsonc-parser"],
    builtins: ["fs", "fs/promises", "path"],
    doors: ["load.ts", "config.ts", "draft.ts", "request.ts", "sources.ts", "workspace.ts"],
  },
  ...rooms(
    "src/discover",
    {
      imports: ["src/model", "src/diagnostics", "src/neighbours"],
      types: ["src/config"],
      libraries: ["ts-morph"],
    },
    {
      disk: {},
      compiler: { on: ["disk"] },
      exports: { on: ["disk", "compiler"] },
      "": { on: ["disk", "compiler", "exports"] },
    },
    ["fs", "path", "url", "module", ...["process", "vm", "crypto"].map((name) => `${name}@${keptCompiler}`)],
  ),
  ...rooms(
    "src/analyze",
    {
      imports: ["src/model", "src/language", "src/language/injected", "src/diagnostics"],
      types: ["src/discover"],
      libraries: ["ts-morph"],
    },
    {
      checker: {},
      problems: { on: ["checker"] },
      constraints: {},
      comments: { on: ["checker", "constraints"] },
      zod: { on: ["checker", "constraints"] },
      effects: { on: ["checker"] },
      types: { on: ["checker", "comments", "constraints", "problems", "zod"] },
      config: { on: ["checker", "comments", "constraints", "problems", "types"] },
      injection: { on: ["checker", "comments", "config", "problems", "types"] },
      functions: { on: ["checker", "comments", "config", "constraints", "injection", "problems", "types", "zod"] },
      "": { on: ["checker", "problems", "types", "config", "injection", "functions", "effects"] },
    },
    // TypeScript is CommonJS, which `require` loads faster than `import` does.
    ["module@src/analyze/checker/compiler.ts"],
  ),
  ...rooms(
    "src/plan",
    {
      imports: ["src/model", "src/language", "src/language/injected", "src/language/policies", "src/diagnostics"],
      types: ["src/config"],
    },
    {
      surface: {},
      policies: { on: ["surface"] },
      injection: { on: ["policies"] },
      chains: { on: ["surface", "injection"] },
      tools: { on: ["surface", "policies", "injection", "chains"] },
      resources: { on: ["surface", "chains", "tools"] },
      prompts: { on: ["surface", "chains", "tools", "resources"] },
      "": { on: ["surface", "policies", "injection", "tools", "resources", "prompts"] },
    },
    // Of `path` only what computes.
    ["path@src/plan/index.ts"],
  ),
  ...rooms(
    "src/render",
    {
      imports: ["src/model", "src/language", "src/language/injected", "src/diagnostics"],
      // The names that generated code uses of the runtime: one that is gone does not compile.
      types: [
        ...["call", "calling", "codecs", "config", "tools", "workers"].map((folder) => `templates/runtime/${folder}`),
        "templates/bench",
      ],
      libraries: ["handlebars@src/render/frames/compiled.ts", "prettier@src/render/frames/format.ts"],
    },
    {
      code: {},
      frames: { on: ["code"] },
      schemas: { on: ["code"] },
      files: { on: ["code", "frames", "schemas"] },
      client: { on: ["code", "frames", "schemas", "files"] },
      scaffold: { on: ["code", "schemas", "frames", "files", "client"] },
      "": { on: ["code", "frames", "files", "client", "scaffold"] },
    },
    ["fs", "fs/promises", "path", "url"],
  ),
  "src/write/merge": {
    imports: ["src/model"],
    libraries: ["node-diff3@src/write/merge/text.ts", "jsonc-parser@src/write/merge/json.ts"],
    doors: ["*"],
  },
  "src/write": {
    imports: ["src/write/merge", "src/model", "src/diagnostics"],
    libraries: ["diff@src/write/diff.ts", "jsonc-parser@src/write/fix.ts"],
    builtins: [
      ...["fs", "fs/promises", "path"],
      ...["os@src/write/lock.ts", "timers/promises@src/write/lock.ts", "v8@src/write/memory.ts"],
    ],
    // Whether a file has changed so lately that it can change again unseen.
    globals: ["Date"],
    doors: ["snapshot.ts", "compare.ts", "apply.ts", "fix.ts", "intact.ts", "memory.ts", "earlier.ts"],
  },
  "src/surface": {
    imports: ["src/model", "src/diagnostics"],
    doors: ["index.ts", "change.ts", "guard.ts", "listed.ts"],
  },
  "src/explain": { imports: ["src/model", "src/language"] },
  "src/pages": { builtins: ["fs", "path", "url", "crypto"] },
  "src/graph": { imports: ["src/model", "src/pages"] },
  ...rooms(
    "src/dev",
    {
      // Of the runtime, how it takes out secrets and reads what its policies did: the page shows no more than the log.
      imports: ["src/model", "src/pages", "templates/runtime/logging", "templates/bench"],
      libraries: ["chokidar@src/dev/watch.ts"],
      globals: ["process", "Date"],
    },
    { protocol: {}, page: { on: ["protocol"] }, "": { on: ["protocol", "page"] } },
    [
      "fs",
      "path",
      "events",
      "stream",
      "child_process",
      "http",
      "net",
      "timers/promises",
      "util@src/dev/environment.ts",
      "util@src/dev/page/feed.ts",
    ],
  ),
  // Of the processes that it starts, what they send.
  "src/bench": {
    imports: ["src/dev", "src/model"],
    types: ["templates/bench"],
    builtins: ["fs", "path", "child_process", "os@src/bench/environment.ts"],
    globals: ["process"],
  },
  "src/incremental": { imports: ["src/model", "src/language"], types: ["src/diagnostics"], builtins: ["util"] },
  "src/unchanged.ts": {
    imports: ["src/config", "src/discover", "src/write", "src/model"],
    ...{ types: ["src/incremental", "src/plan"], doors: ["*"] },
  },
  "src/reading.ts": {
    imports: ["src/config", "src/discover", "src/analyze", "src/incremental", "src/model"],
    ...{ types: ["src/diagnostics", "src/unchanged.ts"], doors: ["*"] },
  },
  "src/survey.ts": { imports: ["src/model", "src/diagnostics"], types: ["src/discover"], doors: ["*"] },
  "src/pipeline.ts": {
    types: ["src/incremental"],
    imports: ["survey.ts", "unchanged.ts", "reading.ts"]
      .concat(["config", "plan", "render", "write", "surface", "model", "diagnostics"])
      .map((each) => `src/${each}`),
    doors: ["*"],
  },
  "src/index.ts": {
    // Of the runtime, what sources name when they are built: contracts, `bind` and `providers`.
    imports: [
      "src/pipeline.ts",
      "src/cli",
      "src/model",
      "src/diagnostics",
      "src/config",
      "templates/runtime/contracts",
    ],
    doors: ["*"],
  },
  ...rooms(
    "src/cli",
    {
      imports: [
        "src/pipeline.ts",
        "src/survey.ts",
        "src/bench",
        "src/dev",
        "src/explain",
        "src/graph",
        "src/surface",
        "src/config",
        "src/diagnostics",
        "src/neighbours",
        "src/language",
        "src/language/injected",
        "src/language/policies",
        "src/model",
      ],
      libraries: [
        ...["program", "bench-command", "init-command", "install-command"].map(
          (file) => `commander@src/cli/usage/${file}.ts`,
        ),
        "@modelcontextprotocol/client@src/cli/client.ts",
        ...["init", "install"].map((folder) => `@clack/prompts@src/cli/${folder}/ask.ts`),
        ...["init/edits", "install/json-format", "install/json-layout"].map(
          (file) => `jsonc-parser@src/cli/${file}.ts`,
        ),
        "smol-toml@src/cli/install/toml-format.ts",
        "diff@src/cli/init/show-edits.ts",
      ],
      globals: ["process", "console", "Date", "performance"],
    },
    {
      usage: {},
      output: {},
      explain: { on: ["usage", "output"] },
      init: { on: ["usage", "output"] },
      doctor: { on: ["usage", "output"] },
      install: { on: ["init"] },
      "": { on: ["usage", "output", "explain", "init", "doctor", "install"], doors: ["owner.ts"] },
    },
    [
      ...["fs", "fs/promises", "path", "url", "child_process", "process", "os@src/cli/dev.ts", "os@src/cli/install.ts"],
      ...["util@src/cli/install/edit.ts", "util@src/cli/install/variables.ts"],
    ],
  ),
  "src/create": {
    imports: ["src/pipeline.ts", "src/cli", "src/cli/init", "src/config", "src/diagnostics", "src/model"],
    libraries: ["@clack/prompts", "commander"],
    builtins: ["fs", "fs/promises", "path", "url", "child_process", "process"],
    globals: ["process", "console"],
  },
  // Bundled with a server: its runtime is the server's, of which only types are known here.
  "templates/bench": {
    types: ["call", "dispatch", "testing"].map((folder) => `templates/runtime/${folder}`),
    builtins: ["perf_hooks"],
    globals: ["process", "performance"],
    doors: ["*"],
  },
  ...rooms(
    "templates/runtime",
    {
      libraries: [
        ...[
          "zod",
          "pino",
          "@modelcontextprotocol/sdk",
          "@modelcontextprotocol/client",
          "lru-cache",
          "ioredis",
          "rate-limiter-flexible",
          "piscina",
        ],
        ...["undici", "pg", "@electric-sql/pglite", "@opentelemetry/api", "@opentelemetry/sdk-trace-node"],
        ...["@opentelemetry/sdk-metrics", "@opentelemetry/resources", "@opentelemetry/exporter-trace-otlp-http"],
        "@opentelemetry/exporter-metrics-otlp-http",
        "jose",
      ],
      globals: [...worldly],
    },
    {
      // What every call is made of.
      contracts: {},
      codecs: {},
      time: { on: ["contracts"] },
      call: { on: ["contracts", "time"] },
      logging: { on: ["contracts", "call"] },
      errors: { on: ["call", "logging"] },
      lifecycle: { on: ["call", "logging"] },
      arguments: { on: ["call", "logging"] },
      results: { on: ["arguments", "call", "codecs", "errors"] },
      // What only some servers have.
      metrics: { on: ["contracts", "call", "errors"] },
      tracing: { on: ["contracts", "call", "errors", "lifecycle", "logging", "metrics"] },
      redis: { on: ["call", "lifecycle", "logging"] },
      resilience: { on: ["call", "metrics", "redis", "time"] },
      lock: { on: ["contracts", "call", "errors", "logging", "redis", "resilience", "time", "tracing"] },
      cache: { on: [...ground, "codecs", "metrics", "redis", "time", "tracing"] },
      policies: {
        on: [...ground, "arguments", "cache", "codecs", "lock", "metrics", "resilience", "time", "tracing"],
      },
      container: { on: ["call", "lifecycle", "logging", "time"] },
      config: { on: ["arguments", "container", "logging"] },
      pool: { on: [...ground, "container", "metrics", "time"] },
      database: { on: [...ground, "container", "metrics", "time", "tracing"] },
      "http-client": { on: [...ground, "metrics", "resilience", "time", "tracing"] },
      workers: { on: [...ground, "metrics", "resilience"] },
      // From a message to its answer.
      tools: { on: ["arguments", "call", "codecs", "contracts", "errors", "policies", "results", "time"] },
      chains: { on: ["arguments", "contracts", "call", "errors", "tools", "tracing"] },
      dispatch: { on: [...ground, "arguments", "codecs", "results", "tools"] },
      resources: { on: ["call", "chains", "dispatch", "errors", "results", "tools"] },
      prompts: { on: ["call", "chains", "dispatch", "errors", "results", "tools"] },
      completions: { on: ["arguments", "call", "dispatch", "results", "tools"] },
      filled: { on: ["contracts", "call", "policies"] },
      context: { on: [...ground, "arguments", "dispatch", "metrics", "policies", "results", "time", "tracing"] },
      streams: { on: [...ground, "chains", "codecs", "container", "context", "resources", "results", "time", "tools"] },
      client: { on: ["contracts", "call", "dispatch", "logging", "time"] },
      stdio: { on: ["dispatch", "lifecycle"] },
      http: { on: ["arguments", "call", "contracts", "dispatch", "lifecycle", "logging"] },
      auth: { on: ["call", "contracts", "dispatch", "http", "logging", "resources"] },
      entry: { on: ["dispatch", "http", "lifecycle", "logging", "stdio", "tracing"] },
      // What calls a server.
      calling: {},
      testing: { on: ["arguments", "contracts", "dispatch", "http", "lifecycle", "time"] },
      "sdk-v1": { on: ["dispatch", "testing"] },
      "sdk-v2": { on: ["dispatch", "testing"] },
      "": { on: ["dispatch", "tools"], doors: ["*"] },
    },
    ["*"],
  ),
};

/** Only these folders of the runtime know the SDK. */
export const sdkFolder = /^templates\/runtime\/sdk-[^/]+\//;

/** A name that says nothing about what is inside. */
export const emptyNames = ["utils", "util", "helpers", "helper", "common", "shared", "core", "misc", "lib"];

/** `types.ts` says something only where types are the subject. */
export const typesFileFolders = ["src/model", "src/analyze/types"];

export const limits = { filesOfFolder: 20, file: 400, function: 60, flatSwitch: 100, parameters: 3 } as const;

/** The folder of the table that a file belongs to. */
export function folderOf(path: string): string | undefined {
  const holders = Object.keys(folders).filter((folder) => path === folder || path.startsWith(`${folder}/`));
  return holders.sort((a, b) => b.length - a.length)[0];
}

/** Rows of the table that import each other, directly or by way of others: none in a house that has a ground floor. */
export function tangledFolders(table: Readonly<Record<string, FolderRule>>): readonly string[] {
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(table[from]?.imports ?? []), ...(table[from]?.types ?? [])].some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, to, seen);
    });
  return Object.keys(table).filter((folder) => reaches(folder, folder));
}
