/** What every library is asked of the server over `bench/sample/orders`, and what is right. */
import { isDeepStrictEqual } from "node:util";
import type { Answer, Host, Library, Part } from "./host.js";

export interface Check {
  readonly title: string;
  /** Without it the check is for all. */
  readonly part?: Part;
  /** What is wrong with the answer; undefined where nothing is. */
  readonly run: (host: Host, library: Library) => Promise<string | undefined>;
}

const order = {
  id: "A-1",
  placed: "2026-03-04T05:06:07.000Z",
  lines: [{ sku: "bolt", count: 12 }],
  speed: "slow",
};
const nuts = [{ sku: "nut", count: 2 }];
const wanted = "2026-05-02T00:00:00.000Z";
const bolts = { name: "bridge", parts: [{ name: "pier", parts: [{ name: "bolt", parts: [] }] }] };

export const checks: readonly Check[] = [
  { title: "lists the tools", run: listsTools },
  returns("an object with a date", "findOrder", { id: "A-1" }, order),
  returns("a date as an argument", "weekday", { date: "2026-11-27T00:00:00.000Z" }, "Friday"),
  returns("a default", "placeOrder", { lines: nuts, wanted }, placed("slow")),
  returns(
    "all that is optional",
    "placeOrder",
    { lines: nuts, wanted, speed: "fast", note: "Ring." },
    placed("fast", "Ring."),
  ),
  returns("a recursive argument", "countParts", bolts, 3),
  returns("a list, without arguments", "orderIds", {}, ["A-1"]),
  { title: "an image", run: drawsLabel },
  fails("an error of the function", "findOrder", { id: "B-7" }, "There is no order B-7."),
  fails(
    "an argument out of bounds",
    "placeOrder",
    { lines: [{ sku: "nut", count: 0 }], wanted },
    "expected a number at least 1, got 0",
    true,
  ),
  fails("an argument of another type", "findOrder", { id: 7 }, "expected a string, got 7", true),
  gives("lists resources", "listResources", (ask) => ask(), ["orders://guide"]),
  gives("lists templates", "listTemplates", (ask) => ask(), ["orders://order/{id}"]),
  gives("reads a resource", "readResource", (ask) => ask("orders://guide"), "# Orders\n\nAt least one line."),
  gives("reads by a template", "readResource", async (ask) => parse(await ask("orders://order/A-1")), order),
  gives("lists prompts", "listPrompts", (ask) => ask(), ["summarize"]),
  gives("gets a prompt", "getPrompt", (ask) => ask("summarize", { id: "A-1" }), "Sum up order A-1, short."),
];

function placed(speed: string, note?: string): object {
  return { id: "A-2", placed: "2026-05-01T00:00:00.000Z", lines: nuts, speed, ...(note !== undefined && { note }) };
}

async function listsTools(host: Host): Promise<string | undefined> {
  const names = ["countParts", "findOrder", "label", "orderIds", "placeOrder", "weekday"];
  const tools = await host.listTools();
  return (
    differs(tools.map(({ name }) => name).toSorted(), names) ??
    (tools.every(({ description }) => description) ? undefined : "a description is gone")
  );
}

async function drawsLabel(host: Host): Promise<string | undefined> {
  const { image } = await host.call("label", { id: "A-1" });
  return differs(image, Buffer.from("label of A-1").toString("base64"));
}

function returns(title: string, tool: string, given: Readonly<Record<string, unknown>>, value: unknown): Check {
  return {
    title: `returns ${title}`,
    run: async (host) => {
      const answer = await host.call(tool, given);
      if (answer.isError) return answer.text;
      return (
        differs(typeof value === "string" ? answer.text : parse(answer.text), value) ??
        differsInStructure(answer, value)
      );
    },
  };
}

/** What is no object on its own is wrapped for clients before 2026-07-28. */
function differsInStructure({ structured }: Answer, value: unknown): string | undefined {
  if (structured === undefined) return undefined;
  const isObject = typeof value === "object" && !Array.isArray(value);
  return differs(structured, isObject ? value : { result: value });
}

function fails(
  title: string,
  tool: string,
  given: Readonly<Record<string, unknown>>,
  text: string,
  isArgument = false,
): Check {
  return {
    title,
    run: async (host, { refusal }) => {
      const answer = await host.call(tool, given);
      if (answer.isError === false) return `is no error: ${answer.text}`;
      const isRight = [text, ...(isArgument && refusal !== undefined ? [refusal] : [])].some((one) =>
        answer.text.includes(one),
      );
      return isRight ? undefined : answer.text;
    },
  };
}

function gives<Name extends Part>(
  title: string,
  part: Name,
  ask: (method: NonNullable<Host[Name]>) => Promise<unknown>,
  value: unknown,
): Check {
  return {
    title,
    part,
    run: async (host) => {
      const method = host[part];
      return method === undefined ? "is not there" : differs(await ask(method), value);
    },
  };
}

function differs(found: unknown, expected: unknown): string | undefined {
  return isDeepStrictEqual(found, expected)
    ? undefined
    : `${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`;
}

function parse(text: string | undefined): unknown {
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}
