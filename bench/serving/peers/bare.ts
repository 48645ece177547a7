/**
 * A server by Node alone, which checks nothing: what parsing a message, calling the function and writing the answer cost
 * at least. `bare.mjs TOOLS` over stdio, `bare.mjs TOOLS --http PORT`.
 */
import { createServer } from "node:http";
import { add, lookup, order, search } from "../../sample/shop/functions.js";
import type { Order } from "../../sample/shop/types.js";

/** Put in by the bundler: the results of tools/list as JSON, by the number of tools. */
declare const LISTS: Readonly<Record<string, string>>;

interface Message {
  readonly id?: number;
  readonly method: string;
  readonly params: { readonly name: string; readonly arguments: Given };
}

interface Given extends Order {
  readonly a: number;
  readonly b: number;
  readonly query: string;
  readonly limit?: number;
  readonly tags?: string[];
  readonly sort?: "asc" | "desc";
  readonly id: string;
}

const [tools = "4", mode, port] = process.argv.slice(2);
const opened = `{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"bench","version":"1.0.0"}}`;
if (mode === "--http") serveHttp(Number(port));
else serveStdio();

function serveStdio(): void {
  let rest = "";
  process.stdin.setEncoding("utf8");
  process.stdin.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) handle(line, (answer) => answer !== "" && process.stdout.write(`${answer}\n`));
  });
}

function serveHttp(listenOn: number): void {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () =>
      handle(body, (answer) => {
        response.writeHead(answer === "" ? 202 : 200, {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(answer),
        });
        response.end(answer);
      }),
    );
  });
  server.listen(listenOn, "127.0.0.1");
}

function handle(text: string, send: (answer: string) => void): void {
  const { id, method, params } = JSON.parse(text) as Message;
  const answer = (result: string) => send(`{"jsonrpc":"2.0","id":${String(id)},"result":${result}}`);
  if (id === undefined) send("");
  else if (method === "initialize") answer(opened);
  else if (method === "tools/list") answer(LISTS[tools] ?? "");
  else call(params.name, params.arguments, answer);
}

function call(name: string, given: Given, answer: (result: string) => void): void {
  if (name.startsWith("add")) answer(textResult(String(add(given.a, given.b))));
  else if (name.startsWith("search")) {
    answer(structuredResult(JSON.stringify(search(given.query, given.limit, given.tags, given.sort))));
  } else if (name.startsWith("order")) answer(textResult(order(given)));
  else void lookup(given.id).then((item) => answer(structuredResult(JSON.stringify(item))));
}

function textResult(text: string): string {
  return `{"content":[{"type":"text","text":${JSON.stringify(text)}}]}`;
}

function structuredResult(json: string): string {
  return `{"content":[{"type":"text","text":${JSON.stringify(json)}}],"structuredContent":${json}}`;
}
