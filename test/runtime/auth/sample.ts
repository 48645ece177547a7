// A server as mcpgen would generate it for functions with `@requires`. Each function says in the log that it was reached.
import { z } from "zod";
import { defineAuth } from "../../../templates/runtime/auth/gate.js";
import { requireScopes } from "../../../templates/runtime/auth/require-scopes.js";
import { scopesByUri } from "../../../templates/runtime/auth/scopes-by-uri.js";
import { createContextCall } from "../../../templates/runtime/context/call.js";
import { requireCaller } from "../../../templates/runtime/context/caller.js";
import { defineServer, defineTool } from "../../../templates/runtime/index.js";
import { log } from "../../../templates/runtime/logging/logger.js";
import { serverMetrics } from "../../../templates/runtime/metrics/service.js";
import { definePrompt } from "../../../templates/runtime/prompts/definition.js";
import { servePrompts } from "../../../templates/runtime/prompts/serve.js";
import { defineResource } from "../../../templates/runtime/resources/definition.js";
import { serveResources } from "../../../templates/runtime/resources/serve.js";
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

const invoice = z.strictObject({ id: z.string() });

const resources = [
  defineResource({
    name: "invoice",
    uri: "invoices://{id}",
    form: "text",
    mimeType: "text/plain",
    input: invoice,
    output: z.string(),
    authorize: requireScopes("invoices:read"),
    call: ({ id }) => {
      log.info("reached invoice");
      return `invoice ${id}`;
    },
  }),
  defineResource({
    name: "prices",
    uri: "invoices://prices",
    form: "text",
    mimeType: "text/plain",
    input: none,
    output: z.string(),
    call: () => "pen 2",
  }),
];

const prompts = [
  definePrompt({
    name: "remind",
    input: none,
    authorize: requireScopes("invoices:read", "orders:write"),
    call: () => {
      log.info("reached remind");
      return "Write a reminder.";
    },
  }),
];

export const openGate = defineAuth({
  scopes: { order: ["orders:write"] },
  prompts: { remind: ["invoices:read", "orders:write"] },
  resources: scopesByUri([
    { name: "invoice", uri: "invoices://{id}", scopes: ["invoices:read"] },
    { name: "prices", uri: "invoices://prices", scopes: [] },
  ]),
});

const schemaOf = (input: z.core.$ZodType): Record<string, unknown> => ({
  ...z.toJSONSchema(input, { io: "input" }),
  $schema: undefined,
});

export const server = defineServer({
  calls: createContextCall,
  metrics: serverMetrics,
  name: "protected",
  version: "1.0.0",
  tools,
  features: [serveResources(resources), servePrompts(prompts)],
  surface: {
    tools: tools.map(({ name, input }) => ({
      name,
      description: `Sample ${name}.`,
      inputSchema: schemaOf(input),
    })),
    resources: [{ name: "prices", uri: "invoices://prices" }],
    resourceTemplates: [{ name: "invoice", uriTemplate: "invoices://{id}" }],
    prompts: [{ name: "remind" }],
    arguments: {
      resources: { invoice: schemaOf(invoice), prices: schemaOf(none) },
      prompts: { remind: schemaOf(none) },
    },
  },
});
