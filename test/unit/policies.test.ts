/** The tags of policies: what is said of them in one place holds in the others. */
import { describe, expect, test } from "vitest";
import { kinds } from "../../templates/runtime/policies/policy.js";
import { readSettings } from "../../src/plan/policies/policy-settings.js";
import { policyLayers, policyRows, policyTagNames, type PolicyTagName } from "../../src/language/policies/policies.js";

const span = { file: "src/a.ts", start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

function read(name: PolicyTagName, text: string) {
  const end = { line: 1, column: 1 + `@${name} ${text}`.length };
  return readSettings(name, { name, text, span: { ...span, end } });
}

describe("policies", () => {
  test("have one order and one word each, in their rows and in the runtime", () => {
    expect(policyLayers.map(({ kind, tag }) => [kind, tag])).toEqual(Object.entries(kinds));
    expect(new Set(policyLayers.map(({ place }) => place)).size).toBe(policyLayers.length);
  });

  test.each(policyLayers)("the runtime makes $kind by its name", async ({ kind, module }) => {
    expect(await import(`../../templates/runtime/policies/${module}.ts`)).toHaveProperty(kind);
  });

  test.each(policyTagNames)("@%s is read from its own example", (name) => {
    const [, text = ""] = /^@\w+ ?(.*)$/.exec(policyRows[name].grammar.shortest) ?? [];
    expect(read(name, text).diagnostics).toEqual([]);
  });
});

describe("words of a tag", () => {
  const valuesOf = (name: PolicyTagName, text: string) => {
    const { value, diagnostics } = read(name, text);
    expect(diagnostics).toEqual([]);
    return Object.fromEntries([...value.settings].map(([key, setting]) => [key, setting.value]));
  };

  test("come in any order, in either quotes or none", () => {
    const expected = { ttl: "5m", tags: ["user:{id}", "users"], scope: "private" };
    expect(valuesOf("cache", `5m tags="user:{id} users" scope=private`)).toEqual(expected);
    expect(valuesOf("cache", `scope=private tags='user:{id},users'  ttl=5m`)).toEqual(expected);
  });

  test("are a list where the tag is one", () => {
    expect(valuesOf("invalidates", "user:{a b}  users, pages")).toEqual({ tags: ["user:{a b}", "users", "pages"] });
  });

  test("hold units", () => {
    expect(valuesOf("circuit", "rate=12.5% window=1.5s")).toEqual({ rate: 0.125, window: "1.5s" });
    expect(valuesOf("rateLimit", "100/min by=all")).toEqual({ limit: "100/min", by: "all" });
    expect(valuesOf("retry", "3 base=0s on=409,ECONNRESET")).toEqual({
      attempts: 3,
      base: "0s",
      on: ["409", "ECONNRESET"],
    });
  });

  test.each([
    ["cache", "5 m"],
    ["cache", "0s"],
    ["cache", "-5m"],
    ["cache", "1e3s"],
    ["circuit", "rate=0%"],
    ["circuit", "rate=101%"],
    ["circuit", "rate=50"],
    ["circuit", "min=0"],
    ["retry", "3.5"],
    ["retry", "99999999999"],
    ["rateLimit", "0/s"],
    ["rateLimit", "100/fortnight"],
    ["rateLimit", "100/constructor"],
    ["rateLimit", "100"],
    ["concurrency", "8 32"],
    ["invalidates", '""'],
    ["cache", "5m constructor=1"],
  ] as const)("@%s %s is refused", (name, text) => {
    expect(read(name, text).diagnostics.length).toBeGreaterThan(0);
  });

  test("are blamed where they stand", () => {
    const { diagnostics } = read("cache", `5m  tags="a b" scpe=public`);
    const column = `@cache 5m  tags="a b" `.length + 1;
    const end = column + "scpe".length;
    expect(diagnostics.map((each) => each.span)).toEqual([
      { file: "src/a.ts", start: { line: 1, column }, end: { line: 1, column: end } },
    ]);
  });
});
