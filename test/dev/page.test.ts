// The page of `mcpgen dev --http`: its files, what is told of calls, builds and lines, and whom it is refused.
import { readdirSync } from "node:fs";
import { request, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Call, News } from "../../src/dev/page/news.js";
import { add, openSource } from "./developing.js";
import { connect, serve } from "./serving.js";
import { writeText } from "../support/fixtures/workspace.js";

const patience = { timeout: 30_000 };

const source = `import type { Logger } from "mcpgen";

/** Settings. @config */
export interface Settings {
  /** How to get in. @secret */
  entry: string;
}

${add({})}
/**
 * Doubles.
 * @cache 1m
 */
export function double(n: number): number { return n * 2; }
/** Fails. */
export function fail(why: string): string { throw Object.assign(new Error(why), { expose: true }); }
/** Tells. */
export function tell(secretWord: string, settings: Settings, log: Logger): string {
  log.info("told", { token: secretWord });
  return "it is " + settings.entry;
}
`;

interface Visit {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const calling = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "add" } });

/** As no browser asks: with whatever it calls the host. */
async function visit(port: number, { path, method = "GET", headers = {}, body }: Visit): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, method, headers });
    asked.once("response", resolve).once("error", reject).end(body);
  });
}

/** What a page hears from now on, with what is kept for it. */
async function watch(port: number) {
  const answer = await visit(port, { path: "/events" });
  expect(answer).toMatchObject({ statusCode: 200, headers: { "content-type": "text/event-stream" } });
  let text = "";
  answer.on("data", (chunk) => (text += String(chunk)));
  const news = () => [...text.matchAll(/^data: (\{"kind".*)$/gm)].map(([, data]) => JSON.parse(data ?? "") as News);
  return {
    news,
    text: () => text,
    /** The newest that is known of each. */
    calls: (): readonly Call[] => [
      ...new Map(news().flatMap((each) => (each.kind === "call" ? [[each.call.id, each.call] as const] : []))).values(),
    ],
    builds: () => news().flatMap((each) => (each.kind === "build" ? [each.build] : [])),
    lines: () => news().flatMap((each) => (each.kind === "line" ? [each.line] : [])),
    end: () => answer.destroy(),
  };
}

test("calls of any client, builds and lines appear on it, without secrets", async () => {
  const developed = openSource("dev-page");
  writeText(join(developed.folder, "server/.env"), "ENTRY=open-sesame-now\n");
  developed.save(source);
  const { port } = await serve(developed);
  expect(developed.said()).toContain(`http://127.0.0.1:${String(port)}/ is a page`);
  const page = await watch(port);
  const { client } = await connect(port);
  await client.callTool({ name: "double", arguments: { n: 4 } });
  await expect.poll(() => page.calls()[0]?.outcomes, patience).toEqual({ 'cache_requests_total{outcome="miss"}': 1 });
  await client.callTool({ name: "double", arguments: { n: 4 } });
  await expect.poll(() => page.calls()[1]?.outcomes, patience).toEqual({ 'cache_requests_total{outcome="hit_l1"}': 1 });
  await client.callTool({ name: "fail", arguments: { why: "<b>no</b>" } });
  await client.callTool({ name: "tell", arguments: { secretWord: "swordfish" } });
  await expect.poll(() => page.calls().filter(({ ended }) => ended).length, patience).toBe(4);
  const [first, , failed, told] = page.calls();
  expect(first).toMatchObject({ method: "tools/call", name: "double", client: "test", ended: { how: "answered" } });
  expect(JSON.parse(first?.arguments ?? "")).toEqual({ n: 4 });
  expect(JSON.parse(first?.ended?.result ?? "")).toMatchObject({ content: [{ type: "text", text: "8" }] });
  expect(failed?.ended?.how).toBe("error");
  expect(failed?.ended?.result).toContain("<b>no</b>");
  expect(told?.arguments).toContain("[redacted]");
  expect(told?.ended?.result).toContain("it is [redacted]");
  await expect.poll(() => page.lines().some((line) => line.includes('"told"')), patience).toBe(true);
  const all = await watch(port);
  await expect.poll(() => all.calls().length, patience).toBe(4);
  for (const text of [page.text(), all.text()]) expect(text).not.toMatch(/swordfish|open-sesame/);
  expect(page.news().find(({ kind }) => kind === "files")).toMatchObject({ files: { add: "src/tools.ts" } });
  // The server's guards have refused it: nobody has called it off.
  const refused = await visit(port, { path: "/mcp", method: "POST", headers: { host: "example.com" }, body: calling });
  expect(refused.statusCode).toBe(403);
  await expect.poll(() => page.calls()[4]?.ended?.how, patience).toBe("failed");
  // What the build wrote beside `.env`, such as build.mjs, is no change of the user's.
  expect(page.builds().map(({ state }) => state)).toEqual(["served"]);
  developed.save("export function add(");
  await developed.built();
  await expect.poll(() => page.builds().at(-1)?.state, patience).toBe("broken");
  const broken = page.builds().at(-1);
  expect(broken).toMatchObject({ goesOn: "yes" });
  expect(broken && "report" in broken ? broken.report : "").toMatch(/^error MG109: /);
  page.end();
  all.end();
}, 120_000);

test("its files are served to this machine alone, and are in no project", async () => {
  const developed = openSource("dev-page-files");
  developed.save(add({}));
  const { port } = await serve(developed);
  const address = `http://127.0.0.1:${String(port)}`;
  const page = await fetch(`${address}/`);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self';/);
  const html = await page.text();
  expect(html).not.toMatch(/<script(?! type="module" src="\/page\/main\.js"><\/script>)|\son\w+=|style=/);
  // Each is reached from the page, by its name or by an import.
  const left = [...html.matchAll(/"(\/page\/[^"]+)"/g)].map(([, path = ""]) => path);
  const seen = new Set<string>();
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const file = await fetch(`${address}${path}`);
    expect([path, file.status]).toEqual([path, 200]);
    for (const [, name = ""] of (await file.text()).matchAll(/from "\.\/(\w+\.js)"/g)) left.push(`/page/${name}`);
  }
  const own = readdirSync(join(import.meta.dirname, "../../templates/pages/dev"));
  expect([...seen].map((path) => path.replace("/page/", "")).toSorted()).toEqual(
    ["base.css", ...own.filter((name) => name !== "index.html")].toSorted(),
  );
  const graph = await fetch(`${address}/graph`);
  expect(graph.headers.get("content-security-policy")).toBe("frame-ancestors 'self'");
  expect(await graph.text()).toContain('id="tool_add"');
  const foreign: readonly Record<string, string>[] = [
    { host: "example.com" },
    { host: `page.example:${String(port)}` },
    { origin: "https://example.com" },
    { origin: "null" },
    { origin: `http://localhost:${String(port + 1)}` },
    { "sec-fetch-site": "cross-site" },
  ];
  for (const path of ["/", "/page/main.js", "/events", "/graph"]) {
    for (const headers of foreign) {
      const { statusCode } = await visit(port, { path, headers });
      expect([path, headers, statusCode]).toEqual([path, headers, 403]);
    }
    expect((await visit(port, { path, method: "POST" })).statusCode).toBe(405);
  }
  const written = readdirSync(join(developed.folder, "server"), { recursive: true, encoding: "utf8" });
  expect(written.filter((path) => /\.(?:html|css)$/.test(path))).toEqual([]);
}, 120_000);
