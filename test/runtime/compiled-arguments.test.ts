// The schema of a tool's arguments is compiled by its first call: it answers as before, also where code cannot be made.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import type { JsonSchema } from "../../templates/runtime/arguments/json-schema.js";
import { createParser } from "../../templates/runtime/arguments/parse.js";

const root = join(import.meta.dirname, "../..");

describe("zod's own parser", () => {
  function watch(input: z.ZodType) {
    const run = vi.spyOn(input._zod, "run");
    const inputSchema = z.toJSONSchema(input, { io: "input" });
    return { run, parse: createParser({ tool: "order", input, inputSchema }) };
  }

  test("is not asked for what is right, from the first call on", () => {
    const { parse, run } = watch(z.strictObject({ lines: z.array(z.strictObject({ sku: z.string() })) }));
    const given = { lines: [{ sku: "a" }] };
    expect(parse(given)).toEqual({ kind: "valid", input: given, wire: given });
    expect(parse(given)).toEqual({ kind: "valid", input: given, wire: given });
    expect(run).not.toHaveBeenCalled();
  });

  test("says what is wrong, and reads what was mended", () => {
    const { parse, run } = watch(z.strictObject({ gift: z.boolean() }));
    const text = 'Invalid arguments for `order`:\n- `gift`: expected true or false, got "yes"';
    expect(parse({ gift: "yes" })).toEqual({ kind: "invalid", text });
    expect(parse({ gift: "true" })).toEqual({ kind: "valid", input: { gift: true }, wire: { gift: true } });
    expect(run).toHaveBeenCalled();
  });

  test("reads all types that refer to themselves", () => {
    const tree = z.strictObject({
      value: z.number(),
      get children() {
        return z.array(tree);
      },
    });
    const { parse, run } = watch(tree);
    const given = { value: 1, children: [{ value: 2, children: [] }] };
    expect(parse(given)).toEqual({ kind: "valid", input: given, wire: given });
    expect(run).toHaveBeenCalled();
  });

  test("reads all where it looks up which of more than 16 alternatives is meant", () => {
    const shapes = (count: number) =>
      z.discriminatedUnion(
        "kind",
        Array.from({ length: count }, (_, index) => z.strictObject({ kind: z.literal(`k${String(index)}`) })) as never,
      );
    const given = { shapes: [{ kind: "k3" }] };
    for (const count of [16, 17]) {
      const inputSchema = {
        type: "object",
        properties: { shapes: { type: "array", items: { anyOf: Array.from({ length: count }, () => ({})) } } },
      };
      const input = z.strictObject({ shapes: z.array(shapes(count)) });
      const run = vi.spyOn(input._zod, "run");
      expect(createParser({ tool: "draw", input, inputSchema })(given)).toEqual({
        kind: "valid",
        ...{ input: given, wire: given },
      });
      expect(run).toHaveBeenCalledTimes(count > 16 ? 1 : 0);
    }
  });
});

test("types that are used many times by types that are used many times are not repeated in code without end", () => {
  let below: z.ZodType = z.string();
  let place: JsonSchema = { type: "string" };
  const $defs: Record<string, JsonSchema> = {};
  for (let level = 0; level < 12; level += 1) {
    below = z.strictObject({ a: below, b: below, c: below, d: below }).partial();
    $defs[level] = { type: "object", properties: { a: place, b: place, c: place, d: place } };
    place = { $ref: `#/$defs/${String(level)}` };
  }
  const input = z.strictObject({ top: below });
  const inputSchema = { type: "object", properties: { top: place }, required: ["top"], $defs };
  const given = { top: { a: { b: {} } } };
  const parsed = createParser({ tool: "deep", input, inputSchema })(given);
  expect(parsed).toEqual({ kind: "valid", input: given, wire: given });
});

test("nothing is compiled before the first call", () => {
  const read = vi.fn(() => z.string());
  const input = z.strictObject({
    get name() {
      return read();
    },
  });
  const inputSchema = { type: "object", properties: { name: { type: "string" } }, required: ["name"] };
  const parse = createParser({ tool: "greet", input, inputSchema });
  expect(read).not.toHaveBeenCalled();
  expect(parse({ name: "Ada" }).kind).toBe("valid");
});

test("where no code may be made from strings, all is read as elsewhere", () => {
  const contents = `
    import * as z from "zod";
    import { createParser } from "./templates/runtime/arguments/parse.js";
    import { dateCodec } from "./templates/runtime/codecs/index.js";
    const input = z.strictObject({ at: dateCodec, count: z.int().exactOptional() });
    const properties = { at: { type: "string", format: "date-time" }, count: { type: "integer" } };
    const parse = createParser({ tool: "book", input, inputSchema: { type: "object", properties, required: ["at"] } });
    let makesCode = true;
    try { new Function(""); } catch { makesCode = false; }
    const at = "2026-01-31T09:30:00Z";
    const answers = [{ at }, { at, count: "3" }, { at, count: 1.5 }].map(parse);
    console.log(JSON.stringify({ makesCode, answers }));
  `;
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: root, loader: "ts" },
    ...{ bundle: true, write: false, platform: "node", format: "esm" },
  });
  const run = (...flags: readonly string[]) => {
    const args = [...flags, "--input-type=module", "-"];
    const { stdout } = spawnSync(process.execPath, args, { input: outputFiles[0]?.contents, encoding: "utf8" });
    return JSON.parse(stdout) as { readonly makesCode: boolean; readonly answers: readonly unknown[] };
  };
  const forbidden = run("--disallow-code-generation-from-strings");
  const allowed = run();
  expect([forbidden.makesCode, allowed.makesCode]).toEqual([false, true]);
  expect(forbidden.answers).toEqual(allowed.answers);
  const at = "2026-01-31T09:30:00Z";
  expect(forbidden.answers).toEqual([
    { kind: "valid", input: { at: "2026-01-31T09:30:00.000Z" }, wire: { at } },
    { kind: "valid", input: { at: "2026-01-31T09:30:00.000Z", count: 3 }, wire: { at, count: 3 } },
    { kind: "invalid", text: expect.stringContaining("- `count`: expected an integer, got 1.5") as string },
  ]);
}, 30_000);
