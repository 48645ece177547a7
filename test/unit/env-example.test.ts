/** .env.example: what it says of each variable, and that its values are read back as what they stand for. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ConfigMember } from "../../src/model/config.js";
import type { TypeNode } from "../../src/model/types.js";
import { renderEnvExample } from "../../src/render/scaffold/env-example.js";
import { serverVariables } from "../../src/render/scaffold/server-variables.js";

const place = { file: "src/a.ts", start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };

function render(members: readonly ConfigMember[], runtime: readonly string[] = []): string {
  const key = { name: "C", module: "src/a.ts", arguments: [] };
  const reference = { module: "src/a.ts", export: "C" };
  const source = { kind: "config", reference, form: "value", arguments: [], members } as const;
  return renderEnvExample(
    { entries: [{ name: "c", key, scope: "singleton", group: 0, source, span: place }] },
    new Set(runtime),
  );
}

const variable = (name: string, type: TypeNode, more: object = {}) =>
  ({ kind: "variable", name, variable: name.toUpperCase(), type, optional: false, secret: false, ...more }) as const;
const text = { kind: "string" } as const;

test("each variable with its docs, what may stand there and whether it has to", () => {
  const rendered = render(
    [
      variable(
        "url",
        { kind: "codec", codec: "url" },
        { description: "Where it is.\n\nMore of it.", examples: ["https://a.example"] },
      ),
      variable("key", text, { secret: true, default: "hunter2", examples: ["hunter3"] }),
      variable(
        "levels",
        { kind: "array", element: { kind: "enum", values: ["a", 1] }, constraints: { minItems: 1 } },
        { default: ["a", 1] },
      ),
      {
        kind: "group",
        name: "mail",
        optional: true,
        members: [
          variable("port", { kind: "number", constraints: { integer: true, minimum: 1 } }),
          variable("tls", { kind: "boolean" }, { optional: "absent" }),
        ],
      },
    ],
    ["redis/connection.ts"],
  );
  expect(rendered.split("\n").slice(4)).toEqual([
    "# Where it is.",
    "#",
    "# More of it.",
    "# A URL. Required. For example https://a.example",
    "URL=",
    "",
    "# `key` of C.",
    "# A string. Secret. It has a default.",
    "KEY=",
    "",
    "# `levels` of C.",
    "# A list separated by commas, at least 1 item, each a or 1. It has a default.",
    "# LEVELS=a,1",
    "",
    "# `mail.port` of C.",
    "# A whole number from 1. Required where anything of `mail` is set.",
    "PORT=",
    "",
    "# `mail.tls` of C.",
    "# True or false. Optional.",
    "TLS=",
    "",
    "# A Redis (redis://user:password@host:6379) that all processes of the server share. Without it, each",
    "# process keeps its own state.",
    "REDIS_URL=",
    "",
  ]);
});

test("a default is what is read once its line is no comment any more; what cannot be written is left empty", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (value) => {
      const rendered = render([variable("it", text, { default: value })]);
      const read = parseEnv(rendered.replace("# IT=", "IT="))["IT"];
      expect([value, ""]).toContain(read);
      if (/^[\w ./:-]+$/.test(value)) expect(read).toBe(value);
    }),
    { numRuns: 1_000 },
  );
});

test("every variable that the runtime reads has a row", () => {
  const runtime = join(import.meta.dirname, "../../templates/runtime");
  const files = readdirSync(runtime, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  const reads = files.flatMap((path) => {
    const code = readFileSync(join(runtime, path), "utf8").replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, "");
    const found = code.matchAll(
      /\b(?:env|environment)(?:\["|\.|, ")([A-Z][A-Z0-9_]+)\b|\b([A-Z][A-Z0-9]*_[A-Z0-9_]+): \w+ = ""/g,
    );
    return [...found].map(([, named, taken]) => named ?? taken ?? "");
  });
  // Node.js's own, which says whether .env counts.
  const rows = ["NODE_ENV", ...serverVariables.map(({ name }) => name)];
  expect(reads.length).toBeGreaterThan(8);
  expect(reads.filter((name) => !rows.includes(name))).toEqual([]);
  expect(rows.filter((name) => !reads.includes(name))).toEqual([]);
  expect(serverVariables.filter(({ usedBy }) => !files.includes(usedBy))).toEqual([]);
});
