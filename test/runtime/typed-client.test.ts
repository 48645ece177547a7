/** The methods of a typed client: what is sent, and how each kind of answer is read. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  readAnswer,
  readJson,
  readNothing,
  readPlainText,
  readStructure,
  readText,
  readWrapped,
  ToolError,
  toolMethod,
  type ReadAnswer,
} from "../../templates/runtime/calling/method.js";
import { dateCodec } from "../../templates/runtime/codecs/index.js";

const text = (...texts: readonly string[]) => ({ content: texts.map((each) => ({ type: "text", text: each })) });

async function read<Value>(reader: ReadAnswer<Value>, answer: unknown): Promise<Value> {
  const call = toolMethod({ tool: "f", input: z.strictObject({}), read: reader });
  return await call({ callTool: () => Promise.resolve(answer) })();
}

const day = new Date("2026-01-01T00:00:00Z");

describe("an answer", () => {
  test("with a structure is decoded", async () => {
    const answer = { content: [], structuredContent: { day: day.toISOString() } };
    expect(await read(readStructure(z.object({ day: dateCodec })), answer)).toEqual({ day });
  });

  test("that is wrapped is its member `result`, or nothing", async () => {
    const reader = readWrapped(z.array(dateCodec).optional());
    expect(await read(reader, { content: [], structuredContent: { result: [day.toISOString()] } })).toEqual([day]);
    expect(await read(reader, { content: [], structuredContent: {} })).toBeUndefined();
  });

  test("of text is a string, or JSON", async () => {
    expect(await read(readText(z.string()), text("5"))).toBe("5");
    expect(await read(readText(dateCodec), text(day.toISOString()))).toEqual(day);
    expect(await read(readText(z.string().optional()), text())).toBeUndefined();
    expect(await read(readJson(z.number().nullable()), text("5"))).toBe(5);
    expect(await read(readJson(z.number().nullable()), text("null"))).toBeNull();
    expect(await read(readPlainText, text("5"))).toBe("5");
  });

  test("that says nothing, or is content of its own", async () => {
    await expect(read(readNothing, text("done"))).resolves.toBeUndefined();
    const image = { content: [{ type: "image", data: "AA==", mimeType: "image/png" }] };
    expect(await read(readAnswer, image)).toEqual(image);
  });

  test("that is an error is thrown with all of its texts", async () => {
    const failed = read(readText(z.string()), { ...text("no such day", "ask again"), isError: true });
    await expect(failed).rejects.toThrow(new ToolError("f", "no such day\nask again"));
  });

  test("of another type is refused", async () => {
    await expect(read(readJson(z.number()), text("five"))).rejects.toThrow("The result of `f` is not JSON: five");
    await expect(read(readJson(z.number()), text('"5"'))).rejects.toThrow("The result of `f` is not of its type:");
    await expect(read(readText(z.string()), { toolResult: "5" })).rejects.toThrow(z.ZodError);
  });
});

test("arguments are sent in their wire form, and only those that are of their type", async () => {
  const sent: unknown[] = [];
  const input = z.strictObject({ day: dateCodec, note: z.string().optional() });
  const method = toolMethod({ tool: "f", input, read: readNothing });
  const call = method({
    callTool: (asked) => {
      sent.push(asked);
      return Promise.resolve(text());
    },
  });
  await call({ day });
  await expect(call({ day: new Date(NaN) })).rejects.toThrow(/^Invalid arguments for `f`:\n/);
  expect(sent).toEqual([{ name: "f", arguments: { day: "2026-01-01T00:00:00.000Z" } }]);
});
