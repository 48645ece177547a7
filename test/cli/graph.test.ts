/** `mcpgen graph`: what it draws of tools, providers, contracts and policies, and into which files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { runMcpgen } from "../support/fixtures/process.js";
import { emptySuite, writeText } from "../support/fixtures/workspace.js";
import { askMcpgen } from "../support/resident/ask.js";

const folder = join(emptySuite("graph"), "shop");
const source = `
import type { Caller, Database, Logger } from "mcpgen";

export class Orders {
  constructor(readonly db: Database, readonly log: Logger) {}
  find(id: number) { return this.db.one<{ total: number }>("SELECT total FROM orders WHERE id = $1", [id]); }
}
export class Basket { constructor(readonly owner: string) {} size() { return 0; } }

/** @provider */
export function provideOrders(db: Database, log: Logger): Orders { return new Orders(db, log); }
/** @provider @scope request */
export function provideBasket(caller: Caller): Basket { return new Basket(caller.id); }

/**
 * Finds the total of an order.
 * @readonly
 * @cache 5m tags="order:{id}"
 * @retry 3
 */
export async function findTotal(id: number, orders: Orders): Promise<number> { return (await orders.find(id))?.total ?? 0; }
/** Counts what is in the basket. */
export function countBasket(basket: Basket, log: Logger): number { log.info("counted"); return basket.size(); }
`;

beforeAll(() => {
  writeText(join(folder, "package.json"), '{ "name": "shop", "type": "module" }\n');
  writeText(join(folder, "src/orders.ts"), source);
});

test("as Mermaid text", () => {
  const { status, stdout, stderr } = runMcpgen({ cwd: folder }, "graph", "src");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toBe(`flowchart LR
  tool_countBasket["<b>countBasket</b><br><i>src/orders.ts</i>"]
  tool_findTotal["<b>findTotal</b><br><i>src/orders.ts</i><br>cache ttl=5m tags=order:#123;id#125; scope=public<br>retry attempts=3"]
  entry_basket(["<b>basket</b><br><i>Basket · src/orders.ts</i>"])
  entry_orders("<b>orders</b><br><i>Orders · src/orders.ts</i>")
  entry_database[("<b>database</b><br><i>Database</i>")]
  contract_Logger{{"<b>Logger</b><br><i>of the server</i>"}}
  contract_Caller{{"<b>Caller</b><br><i>of the call</i>"}}
  tool_countBasket --> entry_basket
  tool_countBasket --> contract_Logger
  tool_findTotal --> entry_orders
  entry_orders --> entry_database
  entry_orders --> contract_Logger
  entry_basket --> contract_Caller
`);
});

test("as a page, as a picture, as data", () => {
  const drawn = askMcpgen({ cwd: folder }, "graph", "src", "--html", "graph.html", "--svg", "graph.svg");
  expect(drawn).toEqual({ status: 0, stdout: "wrote graph.html and graph.svg\n", stderr: "" });
  const svg = readFileSync(join(folder, "graph.svg"), "utf8");
  expect(svg.match(/<g class="node \w+" id=/g)).toHaveLength(7);
  expect(svg.match(/<path class="line"/g)).toHaveLength(6);
  const html = readFileSync(join(folder, "graph.html"), "utf8");
  expect(html.match(/<li class="node \w+" id=/g)).toHaveLength(7);
  expect(html).toContain("2 tools in 1 file");
  expect(html).toContain("<li>cache ttl=5m tags=order:{id} scope=public</li>");
  const { nodes, edges } = JSON.parse(askMcpgen({ cwd: folder }, "graph", "src", "--json").stdout);
  expect(nodes).toHaveLength(7);
  expect(edges).toContainEqual({ from: "tool_findTotal", to: "entry_orders" });
});

test("what cannot be served is said, and the rest is drawn", () => {
  writeText(join(folder, "bad/a.ts"), "/** Adds. */\nexport function add(f: () => void, b: number): number { return b; }\n/** One. */\nexport function one(): number { return 1; }\n"); // prettier-ignore
  const { status, stdout, stderr } = askMcpgen({ cwd: folder }, "graph", "bad");
  expect(status).toBe(1);
  expect(stderr).toMatch(/^error MG\d+: /);
  expect(stdout).toContain("tool_one");
});
