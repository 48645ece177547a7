/** Servers that are configured by their environment, as processes: what is said at start, where settings come from, what stays secret. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { startServer, textOf } from "./runtime/support/subprocess.js";
import { readCase } from "./support/fixtures/cases.js";
import { runNode } from "./support/fixtures/process.js";
import { copyCase, emptySuite, writeText } from "./support/fixtures/workspace.js";
import { askMcpgen } from "./support/resident/ask.js";

const leaks = `
import type { Logger } from "mcpgen";
import type { ShopConfig } from "./shop.js";

/** @config MAIL_ */
export interface MailConfig {
  /** @secret */
  server: URL;
  port: number;
}

export interface Shop {
  key(): string;
}

/** Says that it was made. @provider */
export function openShop(config: ShopConfig): Shop {
  console.error("opened");
  return { key: () => config.apiKey };
}

/** Logs and throws what it was told. */
export function leak(how: "show" | "hide", shop: Shop, config: ShopConfig, mail: MailConfig, log: Logger): void {
  const key = shop.key();
  log.info("the key is " + key, { [key]: "name", plain: key, config, url: new URL("https://x.example/?k=" + encodeURIComponent(key)) });
  log.info("mail", { error: new Error(mail.server.password), long: "x".repeat(8190) + key, json: JSON.stringify({ key }) });
  throw Object.assign(new Error("refused " + key + " by " + mail.server.href), { expose: how === "show" });
}
`;

const complete: Readonly<Record<string, string>> = {
  ...readCase("inject-config").settings.environment,
  SHOP_API_KEY: 'k-"ey" & 1234567890',
  MAIL_SERVER: "smtp://ann:hunter2%21@mail.example",
  MAIL_PORT: "25",
};

const folder = copyCase(readCase("inject-config"), emptySuite("configuration"));
const dotenv = join(folder.output, ".env");
let started: ReturnType<typeof startServer>[] = [];

beforeAll(() => {
  writeText(join(folder.source, "leaks.ts"), leaks);
  expect(askMcpgen({ cwd: folder.folder }, "build", "src", "--out", "server")).toMatchObject({ status: 0, stderr: "" });
  expect(runNode({ cwd: folder.output }, "build.mjs")).toEqual({ status: 0, stdout: "", stderr: "" });
}, 120_000);

afterEach(() => {
  for (const { child } of started) child.kill("SIGKILL");
  started = [];
  rmSync(dotenv, { force: true });
});

function start(env: Record<string, string>) {
  const server = startServer(join(folder.output, "dist/server.js"), { env });
  started.push(server);
  return server;
}

const described = {
  host: "shop.example",
  retries: 3,
  withTaxes: true,
  currency: "NOK",
  countries: ["NO", "SE", "DK"],
  greeting: "none",
};

describe("at start", { timeout: 30_000 }, () => {
  test("all that is missing or wrong is one report, before anything is made", async () => {
    const missing = { SHOP_API_BASE_URL: "", MAIL_PORT: "" };
    const server = start({
      ...complete,
      ...missing,
      SHOP_RETRIES: "many",
      SHOP_API_KEY: "hunter2",
      SHOP_CURRENCY: "DKK",
    });
    expect(await server.exited).toBe(1);
    expect(server.stdout).toEqual([]);
    expect(server.stderr).toEqual([
      "The server cannot start: 5 settings are missing or wrong.",
      '  SHOP_API_BASE_URL is missing; expected a URL such as "https://example.com/page" (ShopConfig.apiBaseUrl in src/shop.ts)',
      "  SHOP_API_KEY: expected a string of at least 8 characters, got something else (ShopConfig.apiKey in src/shop.ts)",
      '  SHOP_RETRIES: expected an integer from 0 to 10, got "many" (ShopConfig.retries in src/shop.ts)',
      '  SHOP_CURRENCY: expected one of "EUR", "NOK", "USD", got "DKK" (ShopConfig.currency in src/shop.ts)',
      "  MAIL_PORT is missing; expected a number (MailConfig.port in src/leaks.ts)",
      "Set them in the environment or, in development, in a file .env beside package.json, as .env.example shows.",
    ]);
  });

  test("with all of them it serves", async () => {
    const server = start(complete);
    await server.initialize();
    expect((await server.call("describeShop")).result.structuredContent).toEqual(described);
    server.child.stdin.end();
    expect(await server.exited).toBe(0);
  });
});

describe(".env", { timeout: 30_000 }, () => {
  const lines = Object.entries(complete).map(([name, value]) => `${name}='${value}'`);

  test("is read beside package.json, wherever the server is started, before anything else", async () => {
    writeText(dotenv, [...lines, "LOG_LEVEL=debug", ""].join("\n"));
    const server = start({ SHOP_RETRIES: "7" });
    await server.initialize();
    expect((await server.call("describeShop")).result.structuredContent).toEqual({ ...described, retries: 7 });
    server.child.stdin.end();
    expect(await server.exited).toBe(0);
    expect(server.stderr.at(-1)).toContain('"msg":"shutting down"');
  });

  test("may begin with a byte order mark, as Windows writes it", async () => {
    writeText(dotenv, `\uFEFF${lines.join("\n")}`);
    const server = start({});
    await server.initialize();
    expect((await server.call("describeShop")).result.structuredContent).toEqual(described);
    server.child.stdin.end();
    expect(await server.exited).toBe(0);
  });

  test("overrides nothing that is set, not even what is empty", async () => {
    writeText(dotenv, lines.join("\n"));
    const server = start({ SHOP_CURRENCY: "EUR", MAIL_PORT: "" });
    expect(await server.exited).toBe(1);
    expect(server.stderr[1]).toContain("MAIL_PORT is missing");
    expect(server.stderr).toHaveLength(3);
  });

  test("has no say in production", async () => {
    writeText(dotenv, lines.join("\n"));
    const server = start({ NODE_ENV: "production" });
    expect(await server.exited).toBe(1);
    expect(server.stderr[0]).toBe("The server cannot start: 7 settings are missing or wrong.");
  });
});

test("secrets appear in no line of the log and in no answer", { timeout: 30_000 }, async () => {
  const server = start({ ...complete, LOG_LEVEL: "debug" });
  await server.initialize();
  const shown = textOf(await server.call("leak", { how: "show" }));
  expect(shown).toBe("refused [redacted] by [redacted]");
  expect(textOf(await server.call("leak", { how: "hide" }))).toContain("failed unexpectedly");
  server.child.stdin.end();
  expect(await server.exited).toBe(0);
  const written = [...server.stderr, ...server.stdout].join("\n");
  for (const part of ["1234567890", "12345678", "hunter2"]) expect(written).not.toContain(part);
  expect(written).toContain('"msg":"the key is [redacted]"');
});

const mine = `
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "../generated/testing.js";

const shopConfig = {
  apiBaseUrl: new URL("https://test.example"),
  apiKey: "12345678",
  retries: 0,
  withTaxes: false,
  currency: "EUR" as const,
  countries: ["NO"],
};

test("a test puts its own configuration in place, and needs no environment", async () => {
  const mailConfig = { server: new URL("smtp://test.example"), port: 1 };
  const client = await connect({ shopConfig, mailConfig });
  const { structuredContent } = await client.callTool({ name: "describeShop", arguments: {} });
  assert.equal((structuredContent as { host: string }).host, "test.example");
  await client.close();
});

test("what is missing in a test is named as well", async () => {
  await assert.rejects(connect({ shopConfig }), /MAIL_SERVER is missing/);
});

// @ts-expect-error: this is no currency
export const mistaken = () => connect({ shopConfig: { ...shopConfig, currency: "DKK" } });
`;

test(
  "the generated tests need no environment, and a test of the project can put its own in place",
  { timeout: 30_000 },
  () => {
    const cwd = folder.output;
    writeText(join(cwd, "test/mine.test.ts"), mine);
    const ran = runNode({ cwd }, "build.mjs", "--test");
    expect(ran).toMatchObject({ status: 0 });
    expect(ran.stdout).toContain("describeShop is listed");
    expect(ran.stdout).toContain("a test puts its own configuration in place");
    const tsc = join(import.meta.dirname, "../node_modules/typescript/bin/tsc");
    expect(runNode({ cwd }, tsc, "-p", ".")).toEqual({ status: 0, stdout: "", stderr: "" });
  },
);
