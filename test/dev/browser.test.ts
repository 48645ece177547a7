// The page of `mcpgen dev` in a browser: a tool is called by its form, calls of others appear, the graph is drawn.
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasBrowser, openBrowser } from "../support/browser.js";
import { add, openSource } from "./developing.js";
import { connect, serve } from "./serving.js";

const patience = { timeout: 30_000 };

/** Of one pixel. */
const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const source = `
interface Order { id: number; state: "open" | "sent"; note: string | null }

${add({ parameters: "a: number, b = 2" })}
/**
 * Saves.
 * @param order What is saved.
 */
export function save(order: Order, urgent: boolean, labels: string[] = ["new"]): { saved: Order; labels: string[] } {
  return { saved: { ...order, state: urgent ? "sent" : order.state }, labels };
}
/**
 * Draws.
 * @mimeType image/png
 */
export function draw(): Uint8Array { return Buffer.from("${png}", "base64"); }
/** Waits. */
export async function wait(signal: AbortSignal): Promise<string> {
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  return "waited";
}
/** Fails. */
export function fail(why: string): string { throw Object.assign(new Error(why), { expose: true }); }
`;

describe.skipIf(!hasBrowser)("in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => browser.close());

  const text = async (page: Page, selector: string): Promise<string> =>
    page.$eval(selector, (element) => element.textContent ?? "");
  const open = async (page: Page, tool: string): Promise<void> => {
    await page.click(`[data-tool="${tool}"]`);
    await page.waitForFunction(`document.querySelector("article h2")?.textContent.startsWith("${tool}")`);
  };
  /** In a field of the form. */
  const written = async (page: Page, name: string): Promise<string> =>
    String(await page.evaluate(`document.querySelector('[name="${name}"]').value`));
  const run = async (page: Page): Promise<string> => {
    await page.click("article .run");
    await page.waitForSelector("article .outcome");
    return text(page, "article .result");
  };

  test("forms, results, errors, what happens and the graph", async () => {
    const developed = openSource("dev-browser");
    developed.save(source);
    const { port } = await serve(developed);
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await page.goto(`http://127.0.0.1:${String(port)}/`);
    await page.waitForSelector('[data-tool="add"]');
    expect(await text(page, "aside h2")).toBe("src/tools.ts");

    // A default is filled in; what is no number is said beside its field, and nothing is sent.
    await open(page, "add");
    expect(await written(page, "b")).toBe("2");
    await page.type('[name="a"]', "x");
    await page.click("article .run");
    expect(await text(page, "article .problem:not(:empty)")).toBe("It is not a number.");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("40");
    expect(await run(page)).toContain("42");

    // JSON begins with its outline, and is checked as it is written.
    await open(page, "save");
    const order = await written(page, "order");
    expect(JSON.parse(order)).toEqual({ id: 0, state: "open", note: null });
    await page.focus('[name="order"]');
    await page.keyboard.type("!");
    expect(await text(page, "article .problem:not(:empty)")).toMatch(/^It is not JSON: /);
    await page.keyboard.press("Backspace");
    await page.select('[name="urgent"]', "0");
    expect(await run(page)).toMatch(/"state": "sent"[^]*"labels": \[\s+"new"/);

    // What a tool says is text.
    await open(page, "fail");
    await page.type('[name="why"]', "<img src=x onerror=document.title='bad'>");
    expect(await run(page)).toContain("error of the tool");
    expect(await page.$$("article .result img")).toEqual([]);

    // A picture is shown, and a call that does not end is called off.
    await open(page, "draw");
    await run(page);
    await page.waitForFunction(`document.querySelector("article .result img").naturalWidth === 1`);
    await open(page, "wait");
    await page.click("article .run");
    await page.waitForSelector("#calls .running");
    await page.click("article .stop");
    await page.waitForSelector("article .outcome .left");
    await page.waitForSelector("#calls li:first-child .dot.left");

    // The calls of another client appear as they happen.
    const { client } = await connect(port);
    await client.callTool({ name: "add", arguments: { a: 1 } });
    await page.waitForFunction(`document.querySelector("#calls .meta")?.textContent.endsWith(" test")`);
    await page.click("#calls summary");
    // What is in it is drawn once it has opened.
    await page.waitForFunction(`document.querySelector("#calls li:first-child details").innerText.includes('"a": 1')`);

    await page.click('[data-view="graph"]');
    const frame = await page.waitForFrame((each) => each.url().endsWith("/graph"));
    await frame.waitForSelector("#tool_add");

    // A broken build is told with its diagnostics; the next good one lists its tools.
    await page.click('[data-view="tools"]');
    developed.save("export function add(");
    await page.waitForSelector("#report.broken:not([hidden])", patience);
    expect(await text(page, "#report pre")).toMatch(/^error MG109: /);
    developed.save(`${source}/** Newer. */\nexport function newer(): number { return 1; }\n`);
    await page.waitForSelector('[data-tool="newer"]', patience);
    expect(await page.$eval("#report", (element) => element.hasAttribute("hidden"))).toBe(true);
    expect(await page.title()).toContain("mcpgen dev");
    expect(problems).toEqual([]);
  }, 120_000);
});
