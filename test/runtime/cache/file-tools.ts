// A server whose tools keep what they know in the files of a folder, so that several processes of it know the same.
import { createContextCall } from "../../../templates/runtime/context/call.js";
import { serverMetrics } from "../../../templates/runtime/metrics/service.js";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { defineServer, defineTool } from "../../../templates/runtime/index.js";
import { cache } from "../../../templates/runtime/policies/cache.js";
import { invalidates } from "../../../templates/runtime/policies/invalidates.js";

const folder = process.env["FOLDER"] ?? "";
const pathOf = (id: string): string => join(folder, `item-${id}`);
const computed = (): void => appendFileSync(join(folder, "log"), ".");

const tools = [
  defineTool({
    name: "read",
    input: z.strictObject({ id: z.string() }),
    output: z.string(),
    result: "text",
    policies: [cache({ ttl: "5m", l1: "2s", tags: ["item:{id}"] })],
    async call({ id }) {
      const value = readFileSync(pathOf(id), { encoding: "utf8", flag: "a+" });
      // What is read may be old by the time it is kept.
      await sleep(5);
      return value;
    },
  }),
  defineTool({
    name: "write",
    input: z.strictObject({ id: z.string(), value: z.string() }),
    output: z.string(),
    result: "text",
    policies: [invalidates({ tags: ["item:{id}"] })],
    call({ id, value }) {
      writeFileSync(pathOf(id), value);
      return value;
    },
  }),
  defineTool({
    name: "report",
    input: z.strictObject({ topic: z.string() }),
    output: z.string(),
    result: "text",
    policies: [cache({ ttl: "5m", coalesce: "cluster" })],
    async call({ topic }) {
      computed();
      await sleep(topic.startsWith("warm") ? 10 : 1_500);
      if (topic === "broken") throw Object.assign(new Error("There is no such report."), { status: 404 });
      return topic;
    },
  }),
];

export const server = defineServer({
  calls: createContextCall,
  metrics: serverMetrics,
  name: "files",
  version: "1.0.0",
  tools,
  surface: {
    tools: tools.map(({ name, input }) => ({ name, inputSchema: z.toJSONSchema(input) })),
  },
});
