/** What is logged or shown: without secrets, of bounded size, and plain data whatever it was. */
import { describe, expect, test } from "vitest";
import { hideSecret, redactFields, redactText } from "../../templates/runtime/logging/redact.js";

describe("redaction", () => {
  test.each([
    ["https://user:pass@example.com/a?b=1", "https://[redacted]@example.com/a?b=1"],
    ["redis://:secretpw@localhost:6379", "redis://[redacted]@localhost:6379"],
    ["redis://:AbC/dEf+gh9x=@cache:6379 is no URL", "redis://[redacted]@cache:6379 is no URL"],
    ["postgres://bob:p@ss#1@db/main", "postgres://[redacted]@db/main"],
    ["https://db.example.com:8443/@scope/a", "https://db.example.com:8443/@scope/a"],
    ["password=hunter2 next", "password=[redacted] next"],
    ['{"apiKey": "abc", "a": 1}', '{"apiKey": "[redacted]", "a": 1}'],
    ["Authorization: Bearer abcdef123456", "Authorization: Bearer [redacted]"],
    ["key sk-abcdefghijklmnopqrst", "key [redacted]"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "[redacted]"],
    ["an ordinary sentence: 12:30 at https://example.com", "an ordinary sentence: 12:30 at https://example.com"],
  ])("%s", (text, clean) => {
    expect(redactText(text)).toBe(clean);
  });

  test.each(["", "a", "me", "bob", "user name"])("what was said to be secret, in base64 after %j", (user) => {
    const secret = "k3y-zW?9~pÿ";
    hideSecret(secret);
    for (const alphabet of ["base64", "base64url"] as const) {
      const text = redactText(`sent ${Buffer.from(`${user}:${secret}@`).toString(alphabet)}`);
      expect(text).toContain("[redacted]");
      const rest = text.replace("sent ", "").split("[redacted]");
      expect(rest.map((part) => Buffer.from(part, "base64").toString()).join("")).not.toContain(secret.slice(1, 4));
      expect(rest.join("").length).toBeLessThanOrEqual(Math.ceil(((user.length + 1) * 4) / 3) + 7);
    }
  });

  test("by key, at any depth, in maps, errors and causes", () => {
    const given = {
      password: "x",
      tokens: 3120,
      headers: { Authorization: "y", accept: "z" },
      list: [{ api_key: "x" }],
      map: new Map([["secret", "x"]]),
      error: Object.assign(new Error("m", { cause: { cookie: "c" } }), { accessKey: "k" }),
    };
    const clean = JSON.stringify(redactFields(given));
    expect(redactFields(given)).toMatchObject({
      password: "[redacted]",
      tokens: 3120,
      headers: { Authorization: "[redacted]", accept: "z" },
      list: [{ api_key: "[redacted]" }],
      map: { secret: "[redacted]" },
      error: { name: "Error", message: "m", accessKey: "[redacted]", cause: { cookie: "[redacted]" } },
    });
    expect(clean).toContain("stack");
  });

  test("whatever it is given, it is plain data afterwards", () => {
    const circular: Record<string, unknown> = { a: 1 };
    circular["self"] = circular;
    const deep = Array.from({ length: 50 }).reduce<unknown>((inner) => ({ inner }), "end");
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("trap");
        },
      },
    );
    const given = {
      circular,
      deep,
      hostile,
      big: 1n,
      symbol: Symbol("s"),
      run: () => 1,
      bytes: new Uint8Array(9),
      date: new Date(Number.NaN),
      nothing: undefined,
    };
    expect(JSON.parse(JSON.stringify(redactFields(given)))).toMatchObject({
      circular: { a: 1, self: "[circular]" },
      hostile: "[unreadable]",
      big: "1",
      symbol: "Symbol(s)",
      run: "[function]",
      bytes: "[9 bytes]",
      date: "[invalid date]",
    });
    expect(JSON.stringify(redactFields({ list: Array.from({ length: 10_000 }) })).length).toBeLessThan(1_000);
  });

  test("a getter that throws is unreadable alone", () => {
    const trap = {
      get broken(): string {
        throw new Error("trap");
      },
      a: 1,
    };
    const failed = Object.defineProperty(Object.assign(new Error("lost"), { code: "E1" }), "message", {
      get: () => trap.broken,
    });
    expect(redactFields({ trap, failed })).toMatchObject({
      trap: { broken: "[unreadable]", a: 1 },
      failed: { name: "Error", message: "[unreadable]", code: "E1" },
    });
  });

  test("numbers that JSON does not have, and what gives its members as pairs", () => {
    const headers = new Headers({ authorization: "abc", accept: "x" });
    const given = { numbers: [Number.NaN, -Infinity], headers, query: new URLSearchParams("token=abc&a=b") };
    expect(redactFields({ ...given, pairs: [...headers], names: ["password", "user"] })).toEqual({
      numbers: ["NaN", "-Infinity"],
      headers: { authorization: "[redacted]", accept: "x" },
      query: { token: "[redacted]", a: "b" },
      pairs: [
        ["accept", "x"],
        ["authorization", "[redacted]"],
      ],
      names: ["password", "user"],
    });
  });

  test("takes no longer than the text is", () => {
    const texts = [
      "password=".repeat(100_000),
      "a://b:".repeat(100_000),
      `bearer ${"a".repeat(500_000)}`,
      `eyJ${"a".repeat(500_000)}`,
      "eyJaaaaaaaaaaa.".repeat(50_000),
    ];
    const before = performance.now();
    for (const text of texts) redactText(text);
    expect(performance.now() - before).toBeLessThan(500);
  });
});
