/** Arguments that stand in a header too: one that is missing or says something else is refused, whatever stands around it. */
import { expect, test } from "vitest";
import { findArgumentMismatch } from "../../../templates/runtime/http/argument-headers.js";
import { findMismatch } from "../../../templates/runtime/http/mirrored.js";

const surface = {
  tools: [
    { name: "plain", inputSchema: { type: "object", properties: { region: { type: "string" } } } },
    {
      name: "find",
      inputSchema: {
        type: "object",
        properties: {
          region: { type: "string", "x-mcp-header": "Region" },
          floor: { type: "integer", "x-mcp-header": "Floor" },
          open: { type: "boolean", "x-mcp-header": "Is-Open" },
          other: { type: "string" },
        },
      },
    },
  ],
};

const mirrors = { service: { surface }, findArgumentMismatch };

const base64 = (text: string): string => `=?base64?${Buffer.from(text).toString("base64")}?=`;

function mismatchOf(headers: Readonly<Record<string, string>>, given: unknown, name = "find"): string | undefined {
  const standard = { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": name };
  const meta = { "io.modelcontextprotocol/protocolVersion": "2026-07-28" };
  const params = { name, arguments: given, _meta: meta };
  return findMismatch({ ...standard, ...headers }, { kind: "request", id: 1, method: "tools/call", params }, mirrors);
}

test.each([
  ["a string", { "mcp-param-region": "north" }, { region: "north" }],
  ["a string in base64", { "mcp-param-region": base64("Zürich") }, { region: "Zürich" }],
  ["an empty one", { "mcp-param-region": "" }, { region: "" }],
  ["what only begins like base64", { "mcp-param-region": "=?base64?SGVsbG8=" }, { region: "=?base64?SGVsbG8=" }],
  ["an integer", { "mcp-param-floor": "-42" }, { floor: -42 }],
  ["an integer, written otherwise", { "mcp-param-floor": "42.0" }, { floor: 42 }],
  ["a boolean", { "mcp-param-is-open": "false" }, { open: false }],
  ["null, and what is left out", {}, { region: null }],
  ["none of all", {}, {}],
  ["no arguments", {}, undefined],
  ["arguments that are none, for the tool to refuse", {}, "north"],
  ["what has no header", {}, { other: "x" }],
])("%s agrees", (_, headers, given) => {
  expect(mismatchOf(headers, given)).toBeUndefined();
});

test.each([
  ["one that is missing", {}, { region: "north" }, "is missing"],
  ["another value", { "mcp-param-region": "south" }, { region: "north" }, "is another"],
  ["another case", { "mcp-param-region": "North" }, { region: "north" }, "is another"],
  ["padding that is missing", { "mcp-param-region": "=?base64?SGVsbG8?=" }, { region: "Hello" }, "is another"],
  ["signs that are not base64", { "mcp-param-region": "=?base64?SGVs!!!bG8=?=" }, { region: "Hello" }, "is another"],
  ["a value that the body does not have", { "mcp-param-region": "north" }, {}, "is another"],
  ["digits that are none", { "mcp-param-floor": "0x2A" }, { floor: 42 }, "is another"],
  ["an empty number", { "mcp-param-floor": "" }, { floor: 0 }, "is empty"],
  ["one that is sent twice", { "mcp-param-region": "north, north" }, { region: "north" }, "is sent more than once"],
])("%s is refused", (_, headers, given, problem) => {
  expect(mismatchOf(headers, given)).toMatch(
    new RegExp(
      `^The header Mcp-Param-[\\w-]+ has to repeat \`params\\.arguments\\.\\w+\` of the body, and ${problem}$`,
    ),
  );
});

test("a tool without headers takes any", () => {
  expect(mismatchOf({ "mcp-param-region": "x" }, { region: "north" }, "plain")).toBeUndefined();
  expect(mismatchOf({}, { region: "north" }, "unknown")).toBeUndefined();
});

test.each([
  ["", "is empty"],
  ["find, find", "is sent more than once"],
  ["find, plain", "is another"],
])("the name %j", (name, problem) => {
  expect(mismatchOf({ "mcp-name": name }, {})).toBe(
    `The header Mcp-Name has to repeat \`params.name\` of the body, and ${problem}`,
  );
});
