// What a function returns → what the client gets.
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { dateCodec } from "../../templates/runtime/codecs/index.js";
import { defineServer, defineTool } from "../../templates/runtime/index.js";
import { textResult, type ResultKind } from "../../templates/runtime/call/tool-call.js";
import { contentResult } from "../../templates/runtime/results/content.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

async function resultOf(value: unknown, result: ResultKind, output?: z.ZodType): Promise<Record<string, unknown>> {
  const tool = defineTool({
    name: "give",
    input: z.strictObject({ limit: z.number().exactOptional() }),
    result,
    ...(output && { output }),
    ...(result === "content" && { present: contentResult }),
    call: () => value,
  });
  const inputSchema = { type: "object", properties: { limit: { type: "number" } }, additionalProperties: false };
  const surface = {
    tools: [{ name: "give", inputSchema, ...(result === "structured" && { outputSchema: { type: "object" } }) }],
  };
  const server = defineServer({ name: "test", version: "1", tools: [tool], surface });
  const reply = await server.methods.get("tools/call")?.({ name: "give" }, { signal: new AbortController().signal });
  if (reply?.kind === "text") return { ...textResult(reply.text) };
  return reply?.kind === "result" ? { ...reply.result } : { reply };
}

const text = (content: string) => ({ content: [{ type: "text", text: content }] });
const failed = {
  isError: true,
  content: [{ type: "text", text: expect.stringContaining("is not what its type says") as string }],
};

test("a record's key that zod leaves out is refused, and what is handed on as it is keeps it", async () => {
  const given = { counts: JSON.parse('{"a":1,"__proto__":2}') as unknown };
  expect(await resultOf(given, "structured", z.object({ counts: z.record(z.string(), z.number()) }))).toEqual(failed);
  const kept = await resultOf(given, "structured", z.object({ counts: z.unknown() }));
  expect(JSON.stringify(kept["structuredContent"])).toBe('{"counts":{"a":1,"__proto__":2}}');
});

describe("structured", () => {
  const output = z.object({ at: dateCodec, note: z.string().optional() });

  test("is a text that other parsers take, where it was cut within a character", async () => {
    const cut = { note: "hi \ud83d", keys: { "\udc00": 1 } };
    const loose = z.looseObject({});
    expect(await resultOf(cut, "structured", loose)).toMatchObject(text('{"note":"hi \ufffd","keys":{"\ufffd":1}}'));
    const literal = { note: "\\ud83d" };
    expect(await resultOf(literal, "structured", loose)).toMatchObject(text(JSON.stringify(literal)));
  });

  test("is encoded, stripped of what is not declared, and repeated as text", async () => {
    const structuredContent = { at: "2026-01-31T09:30:00.000Z" };
    expect(
      await resultOf(Promise.resolve({ at: new Date("2026-01-31T09:30:00Z"), password: "x" }), "structured", output),
    ).toEqual({
      structuredContent,
      ...text(JSON.stringify(structuredContent)),
    });
  });

  test.each([[undefined], [null], [{}], [{ at: "2026" }], [[]], [{ at: new Date(Number.NaN) }]])(
    "%j is a mistake of the server",
    async (value) => {
      expect(await resultOf(value, "structured", output)).toEqual(failed);
    },
  );
});

describe("text", () => {
  test.each<[unknown, z.ZodType | undefined, string]>([
    ["as it is", z.string(), "as it is"],
    ["", z.string(), ""],
    [5, z.number(), "5"],
    [false, z.boolean(), "false"],
    [null, z.string().nullable(), "null"],
    [[1, 2], z.array(z.number()), "[1,2]"],
    [new Date("2026-01-31T09:30:00Z"), dateCodec, "2026-01-31T09:30:00.000Z"],
    [{ any: "thing" }, undefined, '{"any":"thing"}'],
  ])("%j", async (value, output, expected) => {
    expect(await resultOf(value, "text", output)).toEqual(text(expected));
  });

  test("undefined is nothing", async () => {
    expect(await resultOf(undefined, "text", z.string().optional())).toEqual({ content: [] });
  });

  test.each<[string, unknown, z.ZodType | undefined]>([
    ["NaN", Number.NaN, z.number()],
    ["another type", 5, z.string()],
    ["a bigint in anything", { a: 1n }, undefined],
    ["a function", () => 1, undefined],
    ["a symbol", Symbol("x"), undefined],
    ["what makes nothing of itself", { toJSON: () => undefined }, undefined],
  ])("%s is a mistake of the server", async (_what, value, output) => {
    expect(await resultOf(value, "text", output)).toEqual(failed);
  });
});

test("empty is nothing, whatever is returned", async () => {
  expect(await resultOf("ignored", "empty")).toEqual({ content: [] });
});

describe("content", () => {
  const image = { type: "image", data: "AP8=", mimeType: "image/png" };
  const resource = { type: "resource", resource: { uri: "file:///a", text: "a" } };
  const link = { type: "resource_link", uri: "file:///a", name: "a", annotations: { priority: 1 } };

  test("one piece, several, and a whole result", async () => {
    expect(await resultOf(image, "content")).toEqual({ content: [image] });
    expect(await resultOf([{ type: "text", text: "a" }, image, resource, link], "content")).toEqual({
      content: [{ type: "text", text: "a" }, image, resource, link],
    });
    expect(await resultOf([], "content")).toEqual({ content: [] });
    const whole = { content: [image], isError: true, _meta: { a: 1 } };
    expect(await resultOf(whole, "content")).toEqual(whole);
  });

  test.each([
    ["text"],
    [undefined],
    [{ type: "video" }],
    [{ type: "image", data: "AP8=" }],
    [{ type: "resource", resource: { uri: "a" } }],
    [{ content: ["x"] }],
  ])("%j is a mistake of the server", async (value) => {
    expect(await resultOf(value, "content")).toEqual(failed);
  });
});

describe("size", () => {
  const resource = (members: object): object => ({ type: "resource", resource: { uri: "file:///a", ...members } });

  test.each<[string, unknown, string]>([
    ["the text of a resource", resource({ text: "x".repeat(120_000) }), "120 kB of text"],
    [
      "texts together",
      [{ type: "text", text: "x".repeat(60_000) }, resource({ text: "x".repeat(60_000) })],
      "120 kB of text",
    ],
    ["a structure", { content: [], structuredContent: { a: "x".repeat(119_000) } }, "120 kB of text"],
    ["an image", { type: "image", data: "A".repeat(6_000_000), mimeType: "image/png" }, "6000 kB of images"],
    ["audio", { type: "audio", data: "A".repeat(6_000_000), mimeType: "audio/wav" }, "6000 kB of images"],
    [
      "blobs",
      [resource({ blob: "A".repeat(3_000_000) }), resource({ blob: "A".repeat(3_000_000) })],
      "6000 kB of images",
    ],
  ])("%s above its limit is refused too", async (_what, value, words) => {
    const { isError, content } = await resultOf(value, "content");
    expect(isError).toBe(true);
    expect(JSON.stringify(content)).toContain(words);
  });

  test("the limit of images is set by a variable", async () => {
    const image = { type: "image", data: "A".repeat(2_000), mimeType: "image/png" };
    expect(await resultOf(image, "content")).toEqual({ content: [image] });
    vi.stubEnv("MCP_MAX_MEDIA_BYTES", "1000");
    expect(await resultOf(image, "content")).toMatchObject({ isError: true });
    vi.unstubAllEnvs();
  });

  test("a text above the limit is refused with a way out", async () => {
    expect(await resultOf("x".repeat(100_000), "text", z.string())).toEqual(text("x".repeat(100_000)));
    expect(await resultOf("ü".repeat(60_000), "text", z.string())).toEqual({
      isError: true,
      ...text(
        "The result of `give` is 120 kB of text, more than the 100 kB a call may return. Narrow the call with `limit`.",
      ),
    });
  });

  test("images are no text", async () => {
    expect(
      await resultOf({ type: "image", data: "A".repeat(200_000), mimeType: "image/png" }, "content"),
    ).not.toHaveProperty("isError");
  });
});

describe("the start-up check", () => {
  const tool = defineTool({ name: "a", input: z.strictObject({}), result: "empty", call: () => undefined });
  const entry = { name: "a", inputSchema: { type: "object" } };
  test.each([
    ["a tool that is not listed", [tool], [], "`a` is not in surface.json"],
    ["a listed tool that is not there", [], [entry], "`a` is in surface.json and nowhere else"],
    ["two tools of one name", [tool, tool], [entry], "two tools are named `a`"],
    [
      "an output schema for a tool without",
      [tool],
      [{ ...entry, outputSchema: {} }],
      "`a` and its outputSchema disagree",
    ],
  ])("%s", (_what, tools, listed, problem) => {
    expect(() => defineServer({ name: "test", version: "1", tools, surface: { tools: listed } })).toThrow(
      `surface.json is out of date: ${problem}. Run mcpgen build.`,
    );
  });
});

describe("zod's own parser", () => {
  const encodings = async (output: z.ZodType, value: unknown): Promise<number> => {
    const run = vi.spyOn(output._zod, "run");
    expect(await resultOf(value, "structured", output)).not.toHaveProperty("isError");
    return run.mock.calls.length;
  };

  test("is not asked for what is the same on the wire, from the first result on", async () => {
    const line = z.object({ sku: z.string(), note: z.string().nullable().optional() });
    const output = z.object({
      lines: z.array(line),
      size: z.union([z.literal("S"), z.tuple([z.number()], z.string())]),
    });
    expect(await encodings(output, { lines: [{ sku: "a" }], size: [1, "x"] })).toBe(0);
    expect(await encodings(z.record(z.string(), z.unknown()), { a: 1 })).toBe(0);
  });

  test("encodes what is not, and decides on what is changed as it is read", async () => {
    expect(await encodings(z.object({ at: dateCodec }), { at: new Date(0) })).toBe(1);
    expect(await encodings(z.object({ name: z.string().trim() }), { name: " a" })).toBe(1);
    expect(await encodings(z.object({ count: z.number().default(1) }), { count: 2 })).toBe(1);
  });

  test("looks up which of many alternatives it is, and reads what would take long to compile", async () => {
    const words = Array.from({ length: 17 }, (_, index) => z.literal(`word ${String(index)}`));
    expect(await encodings(z.object({ word: z.union(words) }), { word: "word 3" })).toBe(1);
    const members = Array.from({ length: 301 }, (_, index) => [`m${String(index)}`, z.string().optional()] as const);
    expect(await encodings(z.object(Object.fromEntries(members)), {})).toBe(1);
  });
});
