/** Types that the runtime makes, once for the server, where the source has no provider of its own: a row each. */
import type { TypeKey } from "../../model/api.js";

export interface BuiltIn {
  /** The package that declares the type, and the name it has there. */
  readonly package: string;
  readonly type: string;
  /** What it is called in the container, if that is free. */
  readonly entry: string;
  /** In templates/runtime. */
  readonly module: string;
  /** A function without parameters. */
  readonly export: string;
  /** A `generator` yields once: what stands behind its `yield` is the cleanup. */
  readonly form: "value" | "generator";
  /** In templates/runtime: what stands in for it in tests. */
  readonly mock?: string;
}

/* prettier-ignore */
const builtIns: readonly BuiltIn[] = [
  { package: "mcpgen", type: "Database", entry: "database", module: "database/provide.ts", export: "openDatabase", form: "generator" },
  { package: "mcpgen", type: "Cache", entry: "cache", module: "cache/provide.ts", export: "openCache", form: "generator", mock: "cache/mock.ts" },
  { package: "mcpgen", type: "Lock", entry: "lock", module: "lock/provide.ts", export: "openLock", form: "generator" },
  { package: "pg", type: "Pool", entry: "pool", module: "database/pg-pool.ts", export: "openPgPool", form: "generator" },
  { package: "undici", type: "Dispatcher", entry: "dispatcher", module: "http-client/dispatcher.ts", export: "openDispatcher", form: "generator" },
  { package: "ioredis", type: "Redis", entry: "redis", module: "redis/provide.ts", export: "openRedis", form: "generator" },
  { package: "mcpgen", type: "HttpClient", entry: "http", module: "http-client/provide.ts", export: "openHttpClient", form: "generator", mock: "http-client/mock.ts" },
  { package: "pino", type: "Logger", entry: "logger", module: "logging/pino.ts", export: "createPino", form: "value" },
];

export function builtInOf({ module, name }: TypeKey): BuiltIn | undefined {
  return builtIns.find((each) => each.package === module && each.type === name);
}
