// Resources and prompts that take what tools give: the tool's value, one call, a failure that names the step.
import { beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { currentScope } from "../../templates/runtime/call/scope.js";
import { step } from "../../templates/runtime/chains/chain.js";
import { handTools, handed } from "../../templates/runtime/chains/handed.js";
import { createContextCall } from "../../templates/runtime/context/call.js";
import { defineServer } from "../../templates/runtime/dispatch/server.js";
import type { Reply } from "../../templates/runtime/dispatch/reply.js";
import type { Surface } from "../../templates/runtime/dispatch/surface.js";
import { retry } from "../../templates/runtime/policies/retry.js";
import { definePromptChain } from "../../templates/runtime/prompts/chain.js";
import { servePrompts } from "../../templates/runtime/prompts/serve.js";
import { defineResourceChain } from "../../templates/runtime/resources/chain.js";
import { serveResources } from "../../templates/runtime/resources/serve.js";
import { defineTool, type ToolDefinition } from "../../templates/runtime/tools/definition.js";

const seen: { readonly tool: string; readonly requestId: string | undefined }[] = [];
let failures = 0;

beforeEach(() => {
  seen.length = 0;
  failures = 0;
});

function note(tool: string): void {
  seen.push({ tool, requestId: currentScope()?.requestId });
}

/** A text for clients: only the value tells that it is a number. */
function measure(city: string): number {
  note("measure");
  if (failures > 0) {
    failures -= 1;
    throw Object.assign(new Error("later"), { status: 503, expose: true });
  }
  return city.length;
}

const measured = defineTool({
  name: "measure",
  input: z.strictObject({ city: z.string() }),
  output: z.number(),
  result: "text",
  policies: [retry({ attempts: 2, base: "1ms" })],
  call: ({ city }) => measure(city),
});

const city = defineResourceChain({
  name: "city",
  uri: "cities://{city}{?unit}",
  form: "text",
  mimeType: "text/plain",
  input: z.strictObject({ city: z.string(), unit: z.string().optional() }),
  output: z.string(),
  steps: { size: step<typeof measure>(measured, ["city"]) },
  call: ({ size, unit = "m" }) => {
    note("city");
    return `${typeof size} ${String(size)} ${unit}`;
  },
});

const compare = definePromptChain({
  name: "compare",
  input: z.strictObject({ first: z.string(), second: z.string() }),
  tools: handTools({ size: handed<(city: string) => Promise<number>>({ tool: measured, takes: ["city"] }) }),
  call: async ({ first, second }, _given, { size }) => String((await size(first)) - (await size(second))),
});

const schemaOf = ({ input }: ToolDefinition): object => z.toJSONSchema(input, { io: "input" });
const surface = {
  tools: [{ name: "measure", inputSchema: schemaOf(measured) }],
  prompts: [{ name: "compare" }],
  arguments: { resources: { city: schemaOf(city) }, prompts: { compare: schemaOf(compare) } },
} as unknown as Surface;
const server = defineServer({
  name: "reading",
  version: "1",
  tools: [measured],
  features: [serveResources([city]), servePrompts([compare])],
  surface,
  calls: createContextCall,
});

async function ask(method: string, params: Readonly<Record<string, unknown>>): Promise<Reply | undefined> {
  return server.methods.get(method)?.(params, { signal: new AbortController().signal });
}

test("a resource is given the value of its step, in one call", async () => {
  expect(await ask("resources/read", { uri: "cities://Oslo?unit=km" })).toEqual({
    kind: "result",
    result: { contents: [{ uri: "cities://Oslo?unit=km", mimeType: "text/plain", text: "number 4 km" }] },
  });
  expect(seen.map(({ tool }) => tool)).toEqual(["measure", "city"]);
  expect(new Set(seen.map(({ requestId }) => requestId)).size).toBe(1);
});

test("a step is tried again by its own policy, and its failure names it", async () => {
  failures = 1;
  expect(await ask("resources/read", { uri: "cities://Oslo" })).toMatchObject({ kind: "result" });
  failures = 9;
  expect(await ask("resources/read", { uri: "cities://Oslo" })).toMatchObject({
    kind: "error",
    message: 'step "size" (measure): later',
  });
});

test("a prompt calls the tool that it is handed, and what that refuses is told", async () => {
  expect(await ask("prompts/get", { name: "compare", arguments: { first: "Bergen", second: "Oslo" } })).toEqual({
    kind: "result",
    result: { messages: [{ role: "user", content: { type: "text", text: "2" } }] },
  });
  failures = 9;
  expect(await ask("prompts/get", { name: "compare", arguments: { first: "a", second: "b" } })).toMatchObject({
    message: 'step "size" (measure): later',
  });
});

test("clients of the tool get its text alone", async () => {
  expect(await ask("tools/call", { name: "measure", arguments: { city: "Oslo" } })).toEqual({
    kind: "result",
    result: { content: [{ type: "text", text: "4" }] },
  });
});
