/** What the runtime makes for functions, a row each. `.env.example` has their variables in this order. */
import type { BuiltInRow, ServerVariable } from "./injected-row.js";

const databaseVariables: readonly ServerVariable[] = [
  {
    name: "DATABASE_URL",
    usedBy: "database/settings.ts",
    docs: "A PostgreSQL server: postgres://user:password@host:5432/database. Without it, PostgreSQL runs within the process and keeps its files in DATA_DIR.",
  },
  {
    name: "DATABASE_POOL_MAX",
    usedBy: "database/settings.ts",
    docs: "The limit of connections to that server.",
    default: "10",
  },
  {
    name: "DATA_DIR",
    usedBy: "database/settings.ts",
    docs: "The folder of the database within the process.",
    default: ".data",
  },
];

const sharedRedis: ServerVariable = {
  name: "REDIS_URL",
  usedBy: "redis/connection.ts",
  docs: "A Redis (redis://user:password@host:6379) that all processes of the server share. Without it, each process keeps its own state.",
};

export const builtIns: readonly BuiltInRow[] = [
  {
    package: "mcpgen",
    type: "HttpClient",
    entry: "http",
    module: "http-client/provide.ts",
    export: "openHttpClient",
    form: "generator",
    mock: { module: "http-client/mock.ts", export: "mockHttpClient", make: "mockHttpClient([{ json: {} }])" },
    effects: { "HttpClient.extend": "pure", "HttpClient.*": "network", "HttpResponse.*": "network" },
    variables: [
      {
        name: "MCP_HTTP_ALLOW_PRIVATE",
        usedBy: "http-client/provide.ts",
        docs: "Private hosts, addresses and networks (10.0.0.0/8) that functions may send requests to with their HttpClient, separated by commas.",
      },
    ],
    fixture: "inject-http-client",
  },
  {
    package: "mcpgen",
    type: "Database",
    entry: "database",
    module: "database/provide.ts",
    export: "openDatabase",
    form: "generator",
    effects: {
      "Database.query": "statement",
      "Database.one": "statement",
      "Database.stream": "statement",
      "Database.transaction": "pure",
      "Database.batchInsert": "writes",
    },
    variables: databaseVariables,
    fixture: "inject-database",
  },
  {
    package: "mcpgen",
    type: "Cache",
    entry: "cache",
    module: "cache/provide.ts",
    export: "openCache",
    form: "generator",
    mock: { module: "cache/mock.ts", export: "mockCache", make: "mockCache()" },
    effects: { "Cache.get": "reads", "Cache.getOrCompute": "reads", "Cache.namespace": "pure" },
    // Each caller has its own part of it.
    readsCaller: true,
    givesTags: true,
    variables: [sharedRedis],
    fixture: "pattern-p11-get-or-compute",
  },
  {
    package: "mcpgen",
    type: "Lock",
    entry: "lock",
    module: "lock/provide.ts",
    export: "openLock",
    form: "generator",
    effects: { "Lock.run": "pure" },
    variables: [sharedRedis],
    fixture: "inject-lock",
  },
  {
    package: "pg",
    type: "Pool",
    entry: "pool",
    module: "database/pg-pool.ts",
    export: "openPgPool",
    form: "generator",
    effects: {},
    variables: databaseVariables,
    fixture: "provide-pg-pool",
  },
  {
    package: "undici",
    type: "Dispatcher",
    entry: "dispatcher",
    module: "http-client/dispatcher.ts",
    export: "openDispatcher",
    form: "generator",
    effects: {},
    variables: [],
    fixture: "provide-dispatcher",
  },
  {
    package: "ioredis",
    type: "Redis",
    entry: "redis",
    module: "redis/provide.ts",
    export: "openRedis",
    form: "generator",
    effects: {},
    variables: [
      {
        name: "REDIS_URL",
        usedBy: "redis/provide.ts",
        docs: "The Redis (redis://user:password@host:6379) that functions are given. Required.",
      },
    ],
    fixture: "provide-redis",
  },
  {
    package: "pino",
    type: "Logger",
    entry: "logger",
    module: "logging/pino.ts",
    export: "createPino",
    form: "value",
    effects: {},
    variables: [],
    fixture: "provide-pino",
  },
];
