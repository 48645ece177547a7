// A server as mcpgen would generate it for functions with `@requires`. Each function says in the log that it was reached.
import { z } from "zod";
import { defineAuth } from "../../../templates/runtime/auth/gate.js";
import { requireScopes } from "../../../templates/runtime/auth/require-scopes.js";
import { createContextCall } from "../../../templates/runtime/context/call.js";
import { requireCaller } from "../../../templates/runtime/context/caller.js";
import { defineServer, defineTool } from "../../../templates/runtime/index.js";
import { log } from "../../../templates/runtime/logging/logger.js";
import { serverMetrics } from "../../../templates/runtime/metrics/service.js";
import type { ToolDefinition } from "../../../templates/runtime/tools/definition.js";

const none = z.strictObject({});

const tools: readonly ToolDefinition[] = [
  defineTool({
    name: "add",
    input: z.strictObject({ a: z.number(), b: z.number() }),
    output: z.number(),
    result: "text",
    call: ({ a, b }) => {
      log.info("reached add");
      return a + b;
    },
  }),
  defineTool({
    name: "order",
    input: none,
    result: "text",
    output: z.string(),
    authorize: requireScopes("orders:write"),
    call: () => {
      log.info("reached order");
      return "ordered";
    },
  }),
  defineTool({
    name: "whoAmI",
    input: z.strictObject({ milliseconds: z.number().default(0) }),
    output: z.unknown(),
    result: "text",
    call: async ({ milliseconds }, { caller, log: logger }) => {
      logger.info("reached whoAmI");
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      return requireCaller(caller);
    },
  }),
];

export const openGate = defineAuth({ scopes: { order: ["orders:write"] } });

export const server = defineServer({
  calls: createContextCall,
  metrics: serverMetrics,
  name: "protected",
  version: "1.0.0",
  tools,
  surface: {
    tools: tools.map(({ name, input }) => ({
      name,
      description: `Sample ${name}.`,
      inputSchema: { ...z.toJSONSchema(input, { io: "input" }), $schema: undefined },
    })),
  },
});
