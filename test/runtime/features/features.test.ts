/** Resources, prompts and completions as a server dispatches them, without a transport. */
import { describe, expect, test } from "vitest";
import * as z from "zod";
import type { CallEnvironment } from "../../../templates/runtime/call/environment.js";
import type { JsonObject } from "../../../templates/runtime/call/tool-call.js";
import { defineCompletion } from "../../../templates/runtime/completions/definition.js";
import { serveCompletions } from "../../../templates/runtime/completions/serve.js";
import type { Feature } from "../../../templates/runtime/dispatch/server.js";
import { defineServer } from "../../../templates/runtime/dispatch/server.js";
import { createContextCall } from "../../../templates/runtime/context/call.js";
import { cache } from "../../../templates/runtime/policies/cache.js";
import { definePrompt } from "../../../templates/runtime/prompts/definition.js";
import { servePrompts } from "../../../templates/runtime/prompts/serve.js";
import { defineResource } from "../../../templates/runtime/resources/definition.js";
import { serveResources } from "../../../templates/runtime/resources/serve.js";

const environment: CallEnvironment = { signal: new AbortController().signal };
const object = (properties: object): JsonObject => ({ type: "object", properties, required: Object.keys(properties) });
const text = { type: "string" };

function ask(features: readonly Feature[], given: Record<string, JsonObject>, method: string, params: JsonObject) {
  const [prompts, resources] = [given["prompts"] ?? {}, given["resources"] ?? {}];
  const surface = {
    tools: [],
    resources: [],
    resourceTemplates: Object.keys(resources).map((name) => ({ name, uriTemplate: `x://${name}/{id}` })),
    prompts: Object.keys(prompts).map((name) => ({ name })),
    arguments: given as Record<string, Record<string, JsonObject>>,
  };
  const server = defineServer({ name: "t", version: "1", surface, tools: [], features, calls: createContextCall });
  return server.methods.get(method)?.(params, environment);
}

const note = (call: (id: string) => unknown, form: "text" | "json" | "content" = "text") =>
  serveResources([
    defineResource({
      name: "note",
      uri: "x://note/{id}",
      form,
      mimeType: "text/plain",
      input: z.strictObject({ id: z.string() }),
      call: ({ id }) => call(id),
    }),
  ]);

describe("resources/read", () => {
  const schemas = { resources: { note: object({ id: text }) } };
  const read = (feature: Feature, uri: unknown) => ask([feature], schemas, "resources/read", { uri });

  test("names what is missing by its URI", () => {
    const missing = { kind: "error", code: -32_002, data: { uri: "x://note/1" } };
    expect(
      read(
        note(() => undefined),
        "x://note/1",
      ),
    ).toMatchObject(missing);
    expect(
      read(
        note(() => null),
        "x://note/1",
      ),
    ).toMatchObject(missing);
    expect(
      read(
        note(() => ""),
        "y://1",
      ),
    ).toMatchObject({ code: -32_002, data: { uri: "y://1" } });
    expect(
      read(
        note(() => ""),
        1,
      ),
    ).toMatchObject({ kind: "error", code: -32_602 });
  });

  test("tells a failure as a protocol error, in words for the client", async () => {
    const failing = note(() => Promise.reject(new Error("password=1")));
    expect(await read(failing, "x://note/1")).toMatchObject({
      code: -32_603,
      message: expect.stringMatching(/unexpectedly/) as string,
    });
    expect(
      read(
        note(() => 1),
        "x://note/1",
      ),
    ).toMatchObject({ code: -32_603, message: expect.stringMatching(/not a string/) as string });
    const picture = note(() => ({ type: "image", data: "", mimeType: "image/png" }), "content");
    expect(read(picture, "x://note/1")).toMatchObject({
      code: -32_603,
      message: expect.stringMatching(/not a resource/) as string,
    });
  });

  test("a tool and a resource of one name do not share what they keep", async () => {
    const policies = [cache({ ttl: "1m", scope: "public" })];
    const input = z.strictObject({ id: z.string() });
    const call = (): Promise<string> => Promise.resolve("kept");
    const resource = defineResource({
      ...{ name: "same", uri: "x://same/{id}", form: "text", mimeType: "text/plain", input, policies, call },
    });
    const prompt = definePrompt({ name: "same", input, policies, call });
    const schemas = { resources: { same: object({ id: text }) }, prompts: { same: object({ id: text }) } };
    const features = [serveResources([resource]), servePrompts([prompt])];
    const first = await ask(features, schemas, "resources/read", { uri: "x://same/1" });
    expect(first).toMatchObject({ result: { contents: [{ uri: "x://same/1", text: "kept" }] } });
    const second = await ask(features, schemas, "prompts/get", { name: "same", arguments: { id: "1" } });
    expect(second).toMatchObject({ result: { messages: [{ role: "user", content: { text: "kept" } }] } });
  });

  test("a surface that is out of date stops the start", () => {
    expect(() => ask([note(() => "")], { resources: {} }, "resources/read", {})).toThrow(/out of date/);
  });
});

describe("prompts/get", () => {
  const schemas = { prompts: { say: object({}) } };
  const get = (value: unknown) =>
    ask(
      [servePrompts([definePrompt({ name: "say", input: z.strictObject({}), call: () => value })])],
      schemas,
      "prompts/get",
      { name: "say" },
    );

  test.each([
    ["a string", "Hi", [{ role: "user", content: { type: "text", text: "Hi" } }]],
    ["content", { type: "text", text: "Hi" }, [{ role: "user", content: { type: "text", text: "Hi" } }]],
    [
      "messages",
      [{ role: "assistant", content: { type: "text", text: "Hi" } }, "Ho"],
      [
        { role: "assistant", content: { type: "text", text: "Hi" } },
        { role: "user", content: { type: "text", text: "Ho" } },
      ],
    ],
  ])("%s", (_, value, messages) => {
    expect(get(value)).toEqual({ kind: "result", result: { messages } });
  });

  test.each([
    ["a number", 1],
    ["a role that is none", { role: "system", content: { type: "text", text: "" } }],
    ["a message without content", { role: "user" }],
    ["content that is none", { role: "user", content: { type: "text" } }],
  ])("%s is refused", (_, value) => {
    expect(get(value)).toMatchObject({ kind: "error", code: -32_603 });
  });
});

describe("completion/complete", () => {
  const schemas = {
    prompts: { deploy: object({ region: text, size: { enum: ["small", "Large"] } }) },
    completions: { regions: object({ typed: text }) },
  };
  const regions = defineCompletion({
    name: "regions",
    of: { kind: "prompt", name: "deploy", argument: "region" },
    value: "typed",
    input: z.strictObject({ typed: z.string() }),
    call: ({ typed }) => Array.from({ length: 120 }, (_, index) => `${typed}${String(index)}`),
  });
  const complete = (params: JsonObject) => ask([serveCompletions([regions])], schemas, "completion/complete", params);
  const ref = { type: "ref/prompt", name: "deploy" };

  test("gives at most a hundred values, and says how many there are", () => {
    const reply = complete({ ref, argument: { name: "region", value: "eu" }, context: { arguments: { size: "x" } } });
    expect(reply).toMatchObject({ result: { completion: { total: 120, hasMore: true } } });
    const { result } = reply as { result: { completion: { values: string[] } } };
    expect(result.completion.values).toHaveLength(100);
  });

  test("takes literals from the type", () => {
    const reply = complete({ ref, argument: { name: "size", value: "la" } });
    expect(reply).toMatchObject({ result: { completion: { values: ["Large"], total: 1, hasMore: false } } });
  });

  test.each([
    {},
    { ref },
    { ref, argument: { name: "size" } },
    { ref: { type: "ref/prompt", name: "no" }, argument: {} },
  ])("refuses %j", (params) => {
    expect(complete(params)).toMatchObject({ kind: "error", code: -32_602 });
  });
});
