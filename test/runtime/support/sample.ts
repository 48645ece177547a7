// A server as mcpgen would generate it, with a tool for each thing that the runtime has to do.
import { createContextCall } from "../../../templates/runtime/context/call.js";
import { tellFailure } from "../../../templates/runtime/errors/present.js";
import { serverMetrics } from "../../../templates/runtime/metrics/service.js";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { dateCodec } from "../../../templates/runtime/codecs/index.js";
import { defineServer, defineTool } from "../../../templates/runtime/index.js";
import type { ToolDefinition } from "../../../templates/runtime/tools/definition.js";

const none = z.strictObject({});

export const tools: readonly ToolDefinition[] = [
  defineTool({
    name: "add",
    input: z.strictObject({ a: z.number(), b: z.number().exactOptional() }),
    output: z.number(),
    result: "text",
    call: ({ a, b }) => a + (b ?? 1),
  }),
  defineTool({
    name: "plan",
    input: z.strictObject({ at: dateCodec }),
    output: z.object({ at: dateCodec, year: z.number() }),
    result: "structured",
    call: ({ at }) => ({ at, year: at.getUTCFullYear(), secret: "never shown" }),
  }),
  defineTool({
    name: "whoami",
    input: z.strictObject({ milliseconds: z.number() }),
    output: z.object({ first: z.string(), second: z.string() }),
    result: "structured",
    call: async ({ milliseconds }, { context, log }) => {
      await sleep(milliseconds);
      log.info("awake", { given: context.requestId });
      return { first: context.requestId, second: context.requestId };
    },
  }),
  defineTool({
    name: "wait",
    input: z.strictObject({ milliseconds: z.number() }),
    result: "empty",
    call: async ({ milliseconds }, { signal, log }) => {
      log.info("waiting");
      signal.addEventListener("abort", () => log.info("signal aborted"));
      await sleep(milliseconds, undefined, { signal });
      log.info("waited");
    },
  }),
  defineTool({
    name: "noisy",
    input: none,
    result: "empty",
    call: () => {
      console.log("noise log");
      console.info("noise info");
      console.debug("noise debug");
      console.dir({ noise: "dir" });
      console.table([{ noise: "table" }]);
      process.stdout.write("noise write\n");
    },
  }),
  defineTool({
    name: "fail",
    input: z.strictObject({ how: z.enum(["plain", "string", "notFound", "upstream", "limited", "hostile"]) }),
    result: "empty",
    call: ({ how }) => {
      // A function may throw anything.
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw failures[how]();
    },
  }),
  defineTool({
    name: "big",
    input: z.strictObject({ size: z.number(), limit: z.number().exactOptional() }),
    output: z.string(),
    result: "text",
    call: ({ size }) => "x".repeat(size),
  }),
  defineTool({
    name: "steps",
    input: z.strictObject({ count: z.number() }),
    result: "empty",
    call: async ({ count }, { context }) => {
      for (let step = 1; step <= count; step += 1) {
        context.progress(step, count, `step ${String(step)}`);
        await sleep(2);
      }
      context.progress(1);
    },
  }),
  defineTool({
    name: "background",
    input: none,
    result: "empty",
    call: (_input, { context, log }) => {
      context.waitUntil(sleep(200).then(() => log.info("background done")));
      context.waitUntil(Promise.reject(new Error("background broke")));
    },
  }),
  defineTool({
    name: "reject",
    input: none,
    result: "empty",
    call: () => {
      void Promise.reject(new Error("nobody awaits me"));
    },
  }),
  defineTool({
    name: "crash",
    input: none,
    result: "empty",
    call: () => {
      setTimeout(() => {
        throw new Error("thrown in a timer");
      });
    },
  }),
];

export const secret = "postgres://admin:hunter2@10.0.0.5/main";

const failures = {
  plain: () => new Error(`connect failed: ${secret}`, { cause: new Error("password=hunter2") }),
  string: () => "a string",
  notFound: () => Object.assign(new Error("No order 7. Orders are numbered from 100."), { status: 404 }),
  upstream: () => new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code: "ECONNREFUSED" }) }),
  limited: () => Object.assign(new Error("Slow down."), { statusCode: 429, headers: { "retry-after": "7" } }),
  hostile: () =>
    new Proxy(new Error("x"), {
      get: () => {
        throw new Error("trap");
      },
    }),
};

export const server = defineServer({
  calls: createContextCall,
  failures: tellFailure,
  metrics: serverMetrics,
  name: "sample",
  version: "1.2.3",
  tools,
  surface: { tools: tools.map(surfaceOf) },
});

function surfaceOf({ name, input, output, result }: ToolDefinition) {
  return {
    name,
    description: `Sample ${name}.`,
    inputSchema: schemaOf(input),
    ...(output && result === "structured" && { outputSchema: schemaOf(output) }),
  };
}

function schemaOf(schema: z.core.$ZodType): Record<string, unknown> {
  return { ...z.toJSONSchema(schema, { io: "input" }), $schema: undefined };
}
