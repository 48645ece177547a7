// A small server as mcpgen would generate it: what the tests of the runtime talk to.
import { z } from "zod";
import { dateCodec, defineServer, defineTool } from "../../templates/runtime/index.js";

const addTool = defineTool({
  name: "add",
  input: z.strictObject({ a: z.number(), b: z.number().optional() }),
  output: z.number(),
  result: "text",
  call: ({ a, b }) => a + (b ?? 1),
});

const planTool = defineTool({
  name: "plan",
  input: z.strictObject({ at: dateCodec }),
  output: z.object({ at: dateCodec, year: z.number() }),
  result: "structured",
  call: ({ at }) => ({ at, year: at.getUTCFullYear(), secret: "never shown" }),
});

export const server = defineServer({
  name: "sample",
  version: "1.2.3",
  tools: [addTool, planTool],
  surface: {
    tools: [
      {
        name: "add",
        inputSchema: {
          type: "object",
          properties: { a: { type: "number" }, b: { type: "number", default: 1 } },
          required: ["a"],
          additionalProperties: false,
        },
      },
      {
        name: "plan",
        inputSchema: {
          type: "object",
          properties: { at: { type: "string", format: "date-time" } },
          required: ["at"],
          additionalProperties: false,
        },
        outputSchema: {
          type: "object",
          properties: { at: { type: "string", format: "date-time" }, year: { type: "number" } },
          required: ["at", "year"],
        },
      },
    ],
  },
});
