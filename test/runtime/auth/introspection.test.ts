// Tokens that only their issuer can read: what it says of them decides, and is kept for a moment.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createIntrospector } from "../../../templates/runtime/auth/introspection.js";
import { log } from "../../../templates/runtime/logging/logger.js";
import type { Verify } from "../../../templates/runtime/auth/verdict.js";
import { audience, inSeconds, startAuthority, type Authority } from "./authority.js";

let authority: Authority;
let verify: Verify;
const lines: string[] = [];

beforeAll(async () => {
  authority = await startAuthority([]);
  vi.spyOn(log, "error").mockImplementation((text, { error } = {}) => void lines.push(`${text}: ${String(error)}`));
});
afterAll(async () => {
  vi.restoreAllMocks();
  await authority.close();
});
beforeEach(() => {
  authority.requests.length = 0;
  authority.isDown = false;
  const { issuer, introspection: url } = authority;
  const endpoint = { url, clientId: "mcp server", clientSecret: "s:e%c" };
  verify = createIntrospector({ kind: "introspection", issuer, audiences: [audience], endpoint });
});

const good = (): object => ({ active: true, aud: audience, sub: "ann", scope: "a b", exp: inSeconds(300) });

describe("what is said of a token", () => {
  test.each<[string, () => object, object]>([
    ["active", () => ({}), { kind: "accepted", caller: { id: "ann", scopes: ["a", "b"] } }],
    ["active, of this issuer", () => ({ iss: authority.issuer }), { kind: "accepted" }],
    ["a program's own", () => ({ sub: undefined, client_id: "cron" }), { caller: { id: "client:cron" } }],
    ["not active", () => ({ active: false }), { reason: "The token is not valid, or not any more." }],
    ["active in a word", () => ({ active: "true" }), { reason: "The token is not valid, or not any more." }],
    ["another audience", () => ({ aud: ["x"] }), { reason: "The token is for another audience." }],
    ["no audience", () => ({ aud: undefined }), { reason: "The token is for another audience." }],
    ["another issuer", () => ({ iss: "https://evil.example" }), { reason: "The token is of another issuer." }],
    ["expired", () => ({ exp: inSeconds(-61) }), { reason: "The token has expired." }],
    ["not valid yet", () => ({ nbf: inSeconds(90) }), { reason: "The token is not valid yet." }],
    ["nobody's", () => ({ sub: undefined }), { reason: "The token does not say whose it is." }],
  ])("%s", async (name, changes, verdict) => {
    authority.known = { [name]: { ...good(), ...changes() } };
    expect(await verify(name)).toMatchObject(verdict);
  });

  test("it is asked as a client, by a form, with nothing of the token in the address", async () => {
    await verify("opaque");
    expect(authority.requests).toEqual([
      {
        path: "/realm/introspect",
        body: "token=opaque&token_type_hint=access_token",
        authorization: `Basic ${Buffer.from("mcp+server:s%3Ae%25c").toString("base64")}`,
      },
    ]);
  });
});

describe("an answer", () => {
  test("is one for all who ask at once, and kept where it was yes", async () => {
    authority.known = { yes: good() };
    await Promise.all([verify("yes"), verify("yes"), verify("yes")]);
    await verify("yes");
    expect(authority.requests).toHaveLength(1);
    await verify("no");
    await verify("no");
    expect(authority.requests).toHaveLength(3);
  });

  test("is kept no longer than the token holds, and never longer than a minute", async () => {
    authority.known = { short: { ...good(), exp: inSeconds(10) }, long: good() };
    await Promise.all([verify("short"), verify("long")]);
    authority.known = {};
    const start = Date.now();
    const clock = vi.spyOn(Date, "now");
    clock.mockReturnValue(start + 11_000);
    expect(await verify("long")).toMatchObject({ kind: "accepted" });
    expect(await verify("short")).toMatchObject({ kind: "refused" });
    clock.mockReturnValue(start + 61_000);
    expect(await verify("long")).toMatchObject({ kind: "refused" });
    clock.mockRestore();
  });

  test("that does not come says nothing of the token", async () => {
    authority.isDown = true;
    expect(await verify("opaque")).toEqual({ kind: "unavailable" });
    expect(lines.join("")).toContain("MCP_AUTH_INTROSPECTION_URL cannot be asked");
    expect(lines.join("")).not.toMatch(/opaque|s:e%c/);
  });
});
