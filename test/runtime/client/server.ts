// A server whose tools ask and tell their clients everything that a `Context` can.
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Context, SampleToolResult } from "../../../templates/runtime/contracts/index.js";
import { createAudience } from "../../../templates/runtime/client/audience.js";
import { openClient } from "../../../templates/runtime/client/context.js";
import { createContextCall } from "../../../templates/runtime/context/call.js";
import { defineServer, defineTool } from "../../../templates/runtime/index.js";
import { rateLimit } from "../../../templates/runtime/policies/rate-limit.js";
import { timeout } from "../../../templates/runtime/policies/timeout.js";
import type { ToolDefinition } from "../../../templates/runtime/tools/definition.js";

interface Shipping {
  street: string;
  floor?: number;
  speed: "slow" | "fast";
  extras: string[];
}

const ask = (name: string, run: (context: Context) => unknown): ToolDefinition =>
  defineTool({
    name,
    input: z.strictObject({}),
    result: "text",
    output: z.unknown(),
    call: (_input, { context }) => run(context),
  });

const tools: readonly ToolDefinition[] = [
  ask("shipping", ({ elicit }) => {
    console.error("asked: Where to?");
    return elicit<Shipping>("Where to?", {
      street: { type: "string", minLength: 2 },
      floor: { type: "integer", minimum: 0, optional: true },
      speed: {
        type: "string",
        oneOf: [
          { const: "slow", title: "Slow" },
          { const: "fast", title: "Fast" },
        ],
      },
      extras: { type: "array", items: { type: "string", enum: ["wrap", "card"] } },
    });
  }),
  ask("both", async ({ elicit }) =>
    Promise.all([
      elicit("One?", { value: { type: "number" } }),
      elicit("Two?", { value: { type: "string", enum: ["a", "b"] } }),
    ]),
  ),
  {
    ...ask("limited", async ({ elicit }) => {
      const one = await elicit("One?", { value: { type: "number" } });
      const two = await elicit("Two?", { value: { type: "number" } });
      return `${one.action} ${two.action}`;
    }),
    policies: [rateLimit({ limit: 1, per: "1h" })],
  },
  ask("page", async ({ elicitUrl }) => {
    const answer = await elicitUrl("Sign in", "https://example.com/sign-in");
    if (answer.action === "accept") answer.complete();
    return answer.action;
  }),
  ask("sample", async ({ sample }) => {
    const { text, model } = await sample({ messages: "Why?", maxTokens: 10, temperature: 0 });
    return `${model}: ${text}`;
  }),
  ask("sampleTools", async ({ sample }) => {
    const tools = [{ name: "weather", inputSchema: { type: "object" } }] as const;
    const question = { role: "user", content: { type: "text", text: "Coat?" } } as const;
    const { content, toolUses } = await sample({ messages: [question], maxTokens: 10, tools });
    const results = toolUses.map(({ id, input }): SampleToolResult => {
      return {
        type: "tool_result",
        toolUseId: id,
        content: [{ type: "text", text: `Rain in ${String(input["city"])}` }],
      };
    });
    const messages = [question, { role: "assistant", content }, { role: "user", content: results }] as const;
    const last = await sample({ messages, maxTokens: 10, tools, toolChoice: { mode: "none" } });
    return { content, last };
  }),
  ask("roots", ({ roots }) => roots()),
  ask("capabilities", ({ client }) => client?.capabilities),
  ask("leave", ({ elicit }) => {
    elicit("Nobody waits", { value: { type: "boolean" } }).catch(() => undefined);
    return "left";
  }),
  {
    ...ask("hurried", ({ elicit }) => elicit("Quick!", { value: { type: "boolean" } })),
    policies: [timeout({ total: 150 })],
  },
  ask("talk", async ({ log }) => {
    log.debug("quiet");
    log.info("token=abcdefgh12345678", { password: "hunter2", city: "Bern" });
    log.child({ part: 1 }).warn("careful");
    await sleep(5);
    return "said";
  }),
  ask("flood", async ({ log }) => {
    for (let count = 0; count < 1_000; count += 1) {
      log.info("x".repeat(40_000));
      await sleep(0);
    }
    return "poured";
  }),
  ask("change", ({ changed }) => {
    for (const change of ["tools", "prompts", "resources"] as const) changed(change);
    changed({ uri: "test://watched" });
    changed({ uri: "test://other" });
    return "changed";
  }),
];

export const server = defineServer({
  calls: createContextCall,
  audience: createAudience,
  client: openClient,
  name: "asking",
  version: "1.0.0",
  tools,
  surface: surfaceOf(),
});

/** As a server has it whose functions are resources too. */
function surfaceOf() {
  const listed = tools.map(({ name }) => ({
    name,
    description: name,
    inputSchema: { type: "object", properties: {}, additionalProperties: false } as const,
  }));
  return { tools: listed, resources: [{ uri: "test://watched", name: "watched" }] };
}
