/** compose.yaml: which services there are, what they read, whom they wait for, and that no secret stands in it. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { ConfigMember } from "../../src/model/config.js";
import type { ServerPlan } from "../../src/model/plan.js";
import { renderCompose } from "../../src/render/scaffold/compose.js";
import { renderEnvExample } from "../../src/render/scaffold/env-example.js";
import { serverVariables } from "../../src/render/scaffold/server-variables.js";

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly deploy?: { readonly replicas: number };
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly env_file?: readonly { readonly path: string; readonly required: boolean }[];
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly configs?: readonly { readonly source: string; readonly target: string }[];
  readonly volumes?: readonly string[];
}

interface Compose {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
  readonly configs: { readonly proxy: { readonly content: string } };
  readonly volumes?: Readonly<Record<string, null>>;
}

/** A file of the runtime by which it is seen that a server has it. */
const files = {
  state: "call/signed.ts",
  database: "database/settings.ts",
  shared: "redis/connection.ts",
  redis: "redis/provide.ts",
} as const;

type Has = readonly (keyof typeof files)[];

interface Given {
  readonly name?: string;
  readonly place?: string;
  readonly sessions?: boolean;
  readonly auth?: boolean;
  readonly members?: readonly ConfigMember[];
}

function render(
  has: Has,
  { name = "orders", place = "server", sessions = false, auth = false, members = [] }: Given = {},
) {
  const project = { context: "..", place };
  const source = { kind: "config", members, arguments: [] };
  const container = { entries: [{ source, key: { name: "Config" } }] };
  const plan = { name, project, equipment: { sessions, auth }, container } as unknown as ServerPlan;
  const authorization = auth ? ["auth/settings.ts"] : [];
  const runtime = new Set(["entry/command.ts", "http/guards.ts", ...authorization, ...has.map((each) => files[each])]);
  const text = renderCompose(plan, runtime);
  const compose = parse(text, { strict: true }) as Compose;
  return { text, compose, example: renderEnvExample(plan.container, runtime), proxy: compose.configs.proxy.content };
}

const subsets: readonly Has[] = [
  [],
  ["state"],
  ["database"],
  ["shared"],
  ["redis"],
  ["state", "database", "shared", "redis"],
];

describe.each(subsets.map((has) => [has.join(" and ") || "nothing", has] as const))("a server with %s", (_, has) => {
  const { text, compose, example } = render(has);
  const { server, proxy } = compose.services;
  const hasRedis = has.includes("shared") || has.includes("redis");
  const needed = [...(has.includes("database") ? ["postgres"] : []), ...(hasRedis ? ["redis"] : [])];

  test("has the services that it needs and no other", () => {
    expect(Object.keys(compose.services)).toEqual(["server", "proxy", ...needed]);
    expect(Object.keys(server?.depends_on ?? {})).toEqual(needed);
    expect(Object.keys(proxy?.depends_on ?? {})).toEqual(["server"]);
  });

  test("waits for what is healthy, and is healthy when it is ready", () => {
    for (const { depends_on: awaited = {} } of Object.values(compose.services))
      for (const { condition } of Object.values(awaited)) expect(condition).toBe("service_healthy");
    for (const { healthcheck } of Object.values(compose.services)) expect(healthcheck?.test[0]).toBe("CMD");
    const [, program, option, code] = server?.healthcheck?.test ?? [];
    expect([program, option]).toEqual(["node", "--eval"]);
    expect(code).toMatch(/^fetch\("http:\/\/127\.0\.0\.1:3000\/health\/ready"\)\.then\(.*\)$/);
    expect(proxy?.healthcheck?.test).toContain("http://127.0.0.1:3000/health/ready");
  });

  test("is told what it reads", () => {
    const read = new Set(serverVariables.map(({ name }) => name));
    const told = Object.keys(server?.environment ?? {});
    // By pg, of which the URL's password comes.
    expect(told.filter((name) => !read.has(name))).toEqual(has.includes("database") ? ["PGPASSWORD"] : []);
    expect(server?.environment).toMatchObject({ HOST: "0.0.0.0", PORT: "3000" });
    expect(told.includes("MCP_STATE_KEY")).toBe(has.includes("state"));
    expect(told.includes("DATABASE_URL")).toBe(has.includes("database"));
    expect(told.includes("REDIS_URL")).toBe(hasRedis);
    for (const value of Object.values(server?.environment ?? {})) expect(value).toBeTypeOf("string");
    expect(server?.env_file).toEqual([{ path: ".env", required: false }]);
  });

  test("asks for nothing that .env.example does not tell", () => {
    const explained = [...example.matchAll(/^(?:# )?(\w+)=/gm)].map(([, name = ""]) => name);
    const asked = variablesIn(text);
    expect(asked).toContain("PORT");
    expect(asked.filter((name) => !explained.includes(name))).toEqual([]);
    expect(explained.includes("POSTGRES_PASSWORD")).toBe(has.includes("database"));
  });

  test("is there twice, behind the one port, which only this machine reaches", () => {
    const build = { context: "..", dockerfile: "server/Dockerfile" };
    expect(server).toMatchObject({ deploy: { replicas: 2 }, build });
    const published = Object.values(compose.services).flatMap(({ ports = [] }) => ports);
    expect(published).toEqual(["127.0.0.1:${PORT:-3000}:3000"]);
    expect(proxy?.ports).toEqual(published);
    expect(proxy?.configs).toEqual([{ source: "proxy", target: "/usr/local/etc/haproxy/haproxy.cfg" }]);
  });

  test("keeps what must not be lost", () => {
    const volumes = Object.values(compose.services).flatMap(({ volumes: mounted = [] }) => mounted);
    const names = volumes.map((volume) => volume.replace(/:.*/, ""));
    expect(names).toEqual(needed.filter((name) => name === "postgres" || has.includes("redis")));
    expect(Object.keys(compose.volumes ?? {})).toEqual(names);
    const { redis } = compose.services;
    if (redis) expect(redis.command?.includes("--appendonly")).toBe(has.includes("redis"));
  });

  test("holds no secret: each is asked of .env", () => {
    const secrets = Object.values(compose.services).flatMap(({ environment = {} }) =>
      Object.entries(environment).filter(([name]) => /PASSWORD|KEY|SECRET/.test(name)),
    );
    for (const [, value] of secrets) expect(value).toMatch(/^\$\{\w+:\?write it to \.env[^}]*\}$/);
    expect(text).not.toMatch(/:\/\/[^/@\s]*:[^/@\s]*@/);
  });
});

test("every image names its version", () => {
  const { services } = render(["database", "redis"]).compose;
  const images = Object.values(services).flatMap(({ image = [] }) => image);
  expect(images).toHaveLength(3);
  for (const image of images) expect(image).toMatch(/^[a-z]+:\d+(?:\.\d+)?-alpine$/);
});

describe("the proxy", () => {
  test("passes on what is streamed as it comes, for an hour of silence", () => {
    const { proxy } = render([]);
    expect(proxy).toMatch(/^ {2}option http-no-delay$/m);
    expect(proxy).toMatch(/^ {2}timeout client 1h$/m);
    expect(proxy).toMatch(/^ {2}timeout server 1h$/m);
    expect(proxy).not.toMatch(/compression|http-buffer-request/);
  });

  test("asks each replica whether it is ready", () => {
    const { proxy } = render([]);
    expect(proxy).toContain("http-check send meth GET uri /health/ready");
    expect(proxy).toMatch(/server-template server \d+ server:3000 resolvers docker/);
  });

  test("leads a session to where it was opened, and whoever has none anywhere", () => {
    const kept = ["stick store-response res.hdr(Mcp-Session-Id)", "stick match req.hdr(Mcp-Session-Id)"];
    const { proxy } = render([], { sessions: true });
    for (const line of kept) expect(proxy).toContain(line);
    expect(render([]).proxy).not.toContain("stick");
  });

  test("has a configuration in which Docker finds no variable", () => {
    expect(render([], { sessions: true }).proxy).not.toContain("$");
  });
});

test("a server with authorization asks who issues tokens, and takes none of development", () => {
  const { compose, text, example } = render([], { auth: true });
  expect(compose.services["server"]?.environment).toMatchObject({ MCP_AUTH_TOKEN: "" });
  for (const name of ["MCP_AUTH_ISSUER", "MCP_AUTH_AUDIENCE"]) {
    expect(compose.services["server"]?.environment?.[name]).toMatch(new RegExp(`^\\$\\{${name}:\\?`));
    expect(example).toContain(`${name}=`);
  }
  expect(variablesIn(render([]).text)).toEqual(["PORT"]);
  expect(variablesIn(text)).not.toContain("MCP_AUTH_TOKEN");
});

test("variables of the functions are asked for where the server does not start without them", () => {
  const variable = (name: string, given: object = {}) =>
    ({
      kind: "variable",
      name,
      variable: name,
      type: { kind: "string" },
      optional: false,
      secret: false,
      ...given,
    }) as const;
  const members: readonly ConfigMember[] = [
    variable("API_URL"),
    variable("RETRIES", { default: 3 }),
    variable("REGION", { optional: "absent" }),
    { kind: "group", name: "proxy", optional: true, members: [variable("PROXY_HOST")] },
    { kind: "group", name: "mail", optional: false, members: [variable("MAIL_HOST")] },
    variable("DATABASE_URL"),
  ];
  expect(variablesIn(render([], { members }).text)).toEqual(["API_URL", "MAIL_HOST", "DATABASE_URL", "PORT"]);
  // Of two that want the same, the file's own PostgreSQL is meant.
  const { environment = {} } = render(["database"], { members }).compose.services["server"] ?? {};
  expect(environment["DATABASE_URL"]).toBe("postgres://server@postgres:5432/server");
});

test.each([
  ["@acme/my.orders", "acme-my-orders"],
  ["...", "mcp-server"],
  [`a: "b" # \${c}`, "a-b-c"],
])("Docker takes the name of %s", (name, expected) => {
  const found = render([], { name }).compose.name;
  expect(found).toBe(expected);
  expect(found).toMatch(/^[a-z0-9][a-z0-9_-]*$/);
});

test("paths are what they are, whatever they hold", () => {
  const place = `packages/it's "one": #1\\\n- \${HOME}/server`;
  const { text, compose } = render([], { place });
  expect(variablesIn(text)).toEqual(["PORT"]);
  // As Docker reads it: `$$` is a `$`.
  expect(compose.services["server"]?.build?.dockerfile.replaceAll("$$", "$")).toBe(`${place}/Dockerfile`);
});

/** In the order of the file, each once; `$$` begins none. */
function variablesIn(text: string): readonly string[] {
  const found = text.replaceAll("$$", "").matchAll(/\$\{?(\w+)/g);
  return [...new Set([...found].map(([, name = ""]) => name))];
}
