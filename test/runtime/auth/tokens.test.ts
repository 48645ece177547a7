// Tokens that hold and tokens that do not: the status and the header of each, and which of them reach a function.
import { createHmac } from "node:crypto";
import { request } from "node:http";
import { exportJWK, exportSPKI, SignJWT } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { rpc, send } from "../support/http.js";
import { audience, createKey, inSeconds, sign, startAuthority, type Authority, type SigningKey } from "./authority.js";
import { bearer, bundleProtected, callTool, challengeOf, reached, serve, written, type Endpoint } from "./endpoint.js";

let authority: Authority;
let endpoint: Endpoint;
let key: SigningKey;
let rsa: SigningKey;
let foreign: SigningKey;
const sent: string[] = [];

beforeAll(async () => {
  [key, rsa, foreign] = await Promise.all([createKey("k1"), createKey("k2", "RS256"), createKey("k1")]);
  authority = await startAuthority([key, rsa]);
  const file = await bundleProtected("tokens");
  endpoint = await serve(file, { MCP_AUTH_ISSUER: authority.issuer, MCP_AUTH_AUDIENCE: `orders, ${audience}` });
}, 60_000);

afterAll(async () => {
  endpoint.server.child.kill("SIGKILL");
  await authority.close();
});

afterEach(() => {
  const parts = sent.flatMap((token) => token.split(".")).filter((part) => part.length > 40);
  for (const part of parts) expect(written(endpoint)).not.toContain(part);
});

const metadata = 'resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp"';
const invalid = (reason: string): string => `Bearer ${metadata}, error="invalid_token", error_description="${reason}"`;
const unverified = invalid("The token cannot be verified.");

const text = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const claims = (): object => ({ iss: authority.issuer, aud: audience, sub: "ann", exp: inSeconds(300) });
const made = (header: object, signature = ""): string => `${text(header)}.${text(claims())}.${signature}`;

function hmac(alg: "HS256", secret: string): string {
  const unsigned = made({ alg, kid: key.kid, typ: "JWT" });
  return unsigned + createHmac("sha256", secret).update(unsigned.slice(0, -1)).digest("base64url");
}

type Make = () => Promise<string> | string;
const signed =
  (changes?: Parameters<typeof sign>[2]): Make =>
  async () =>
    sign(authority.issuer, key, changes);

describe("tokens that do not hold", () => {
  test.each<[string, Make, string]>([
    ["another key under the same name", () => sign(authority.issuer, foreign), unverified],
    ["a key that nobody publishes", async () => sign(authority.issuer, await createKey("k9")), unverified],
    ["alg none", () => made({ alg: "none" }), unverified],
    ["alg None", () => made({ alg: "None", kid: "k1" }), unverified],
    ["alg none with a signature", () => made({ alg: "none" }, "c2ln"), unverified],
    ["HS256 with the public key as PEM", async () => hmac("HS256", await exportSPKI(rsa.publicKey)), unverified],
    [
      "HS256 with the public key as JWK",
      async () => hmac("HS256", JSON.stringify(await exportJWK(key.publicKey))),
      unverified,
    ],
    [
      "a key that it brings along",
      async () => sign(authority.issuer, foreign, { header: { jwk: await exportJWK(foreign.publicKey) } }),
      unverified,
    ],
    [
      "an address of keys that it brings along",
      () => sign(authority.issuer, foreign, { header: { jku: "http://127.0.0.1:1/" } }),
      unverified,
    ],
    ["an algorithm that is not the key's", () => sign(authority.issuer, { ...key, kid: "k2" }), unverified],
    [
      "an extension that nobody knows",
      async () =>
        new SignJWT({ iss: authority.issuer, aud: audience, sub: "ann", exp: inSeconds(300) })
          .setProtectedHeader({ alg: "ES256", kid: "k1", crit: ["x"], x: 1 })
          .sign(key.privateKey, { crit: { x: true } }),
      unverified,
    ],
    [
      "a changed payload",
      async () => {
        const [head = "", , signature = ""] = (await sign(authority.issuer, key)).split(".");
        return `${head}.${text({ ...claims(), scope: "orders:write" })}.${signature}`;
      },
      unverified,
    ],
    ["a cut signature", async () => (await sign(authority.issuer, key)).slice(0, -8), unverified],
    ["no signature", async () => (await sign(authority.issuer, key)).replace(/\.[^.]*$/, "."), unverified],
    ["another audience", signed({ aud: "https://other.example/mcp" }), invalid("The token is for another audience.")],
    ["no audience", signed({ aud: [] }), invalid("The token is for another audience.")],
    [
      "an audience that begins like ours",
      signed({ aud: `${audience}/x` }),
      invalid("The token is for another audience."),
    ],
    ["another issuer", signed({ iss: "https://evil.example" }), invalid("The token is of another issuer.")],
    ["the issuer with a slash", signed({ iss: "http://127.0.0.1/realm/" }), invalid("The token is of another issuer.")],
    ["expired", signed({ exp: inSeconds(-61) }), invalid("The token has expired.")],
    ["not valid yet", signed({ nbf: inSeconds(90) }), invalid("The token is not valid yet.")],
    ["no expiry", signed({ exp: undefined }), invalid("The token does not say when it expires.")],
    ["an expiry that is a text", signed({ exp: "never" }), invalid("The token does not say when it expires.")],
    ["nobody's", signed({ sub: undefined }), invalid("The token does not say whose it is.")],
    ["nobody's, in so many words", signed({ sub: "" }), invalid("The token does not say whose it is.")],
    ["garbage", () => "garbage", unverified],
    ["garbage with dots", () => "a.b.c", unverified],
    ["what no token is made of", () => "a b", invalid("The token is malformed.")],
    ["two in one header", () => "abc, Bearer def", invalid("The token is malformed.")],
  ])("%s", async (_, make, header) => {
    const token = await make();
    if (token.length > 40) sent.push(token);
    const before = reached(endpoint);
    const answer = await callTool(endpoint, "add", {
      headers: { ...bearer(token), host: "mcp.example.com" },
      args: { a: 1, b: 2 },
    });
    expect({ status: answer.status, header: challengeOf(answer) }).toEqual({ status: 401, header });
    expect(answer.text).not.toContain(token);
    expect(reached(endpoint)).toBe(before);
  });
});

describe("no token, or not where it belongs", () => {
  const host = { host: "mcp.example.com" };
  test.each<[string, Record<string, string>]>([
    ["none", {}],
    ["an empty header", { authorization: "" }],
    ["a scheme alone", { authorization: "Bearer" }],
    ["a scheme and a blank", { authorization: "Bearer  " }],
    ["another scheme", { authorization: "Basic YTpi" }],
    ["a word that begins like the scheme", { authorization: "Bearers abc" }],
  ])("%s: 401 that says only where tokens come from", async (_, headers) => {
    const answer = await callTool(endpoint, "add", { headers: { ...host, ...headers } });
    expect({ status: answer.status, header: challengeOf(answer) }).toEqual({
      status: 401,
      header: `Bearer ${metadata}`,
    });
  });

  test("in the address: refused, though it holds, and in no log", async () => {
    const token = await sign(authority.issuer, key);
    sent.push(token);
    for (const headers of [host, { ...host, ...bearer(token) }]) {
      const answer = await send(endpoint.url, { path: `/mcp?access_token=${token}`, headers, body: rpc("tools/list") });
      expect(answer.status).toBe(400);
      expect(challengeOf(answer)).toContain('error="invalid_request"');
    }
  });

  test("in the body: it is not looked for there", async () => {
    const body = { ...rpc("tools/list"), access_token: await sign(authority.issuer, key) };
    expect((await send(endpoint.url, { headers: host, body })).status).toBe(401);
  });

  test("two headers, both of which hold: refused", async () => {
    const value = `Bearer ${await sign(authority.issuer, key)}`;
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const outgoing = request(endpoint.url, { method: "POST", headers: { authorization: [value, value] } as never });
      outgoing.on("response", (response) => resolve(response.resume().statusCode)).on("error", reject);
      outgoing.end("{}");
    });
    expect(status).toBe(400);
  });

  test("a huge one: Node refuses the header", async () => {
    const headers = bearer(`${"a".repeat(20_000)}.b.c`);
    expect((await callTool(endpoint, "add", { headers })).status).toBe(431);
  });

  test("GET, DELETE and what is no JSON are refused before anything is read", async () => {
    for (const method of ["GET", "DELETE", "PUT"]) expect((await send(endpoint.url, { method })).status).toBe(401);
    expect((await send(endpoint.url, { body: "no json" })).status).toBe(401);
  });
});

describe("tokens that hold", () => {
  test.each<[string, Make]>([
    ["ES256", signed()],
    ["RS256", async () => sign(authority.issuer, rsa)],
    ["the type of RFC 9068", signed({ header: { typ: "at+jwt" } })],
    ["several audiences", signed({ aud: ["x", audience] })],
    ["the name of the server at the issuer", signed({ aud: "orders" })],
    ["the address with a slash", signed({ aud: `${audience}/` })],
    ["expired within the skew", signed({ exp: inSeconds(-30) })],
    ["not valid yet, within the skew", signed({ nbf: inSeconds(30) })],
  ])("%s", async (_, make) => {
    const answer = await callTool(endpoint, "add", { headers: bearer(await make()), args: { a: 1, b: 2 } });
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200, text: /"text":"3"/ });
  });

  test("the scheme has no case", async () => {
    const token = await sign(authority.issuer, key);
    for (const scheme of ["bearer", "BEARER"])
      expect((await callTool(endpoint, "add", { headers: { authorization: `${scheme} ${token}` } })).status).toBe(200);
  });

  test.each([
    [{ scope: "a b" }, ["a", "b"]],
    [{ scope: undefined, scp: ["a", "b"] }, ["a", "b"]],
    [{ scope: undefined, scp: "a b" }, ["a", "b"]],
    [{ scope: undefined }, []],
  ])("%j: the caller's scopes are %j", async (changes, scopes) => {
    const token = await sign(authority.issuer, key, { ...changes, org: "acme" });
    sent.push(token);
    const { text: body } = await callTool(endpoint, "whoAmI", { headers: bearer(token) });
    const { result } = JSON.parse(body) as { result: { content: [{ text: string }] } };
    const caller = JSON.parse(result.content[0].text) as object;
    expect(caller).toMatchObject({ id: "ann", scopes, claims: { org: "acme", aud: audience } });
  });
});

describe("scopes", () => {
  const needs = `Bearer ${metadata}, error="insufficient_scope", error_description="order needs the scope orders:write.", scope="orders:write"`;
  const host = { host: "mcp.example.com" };

  test("one that is missing: 403 that says which, and no call", async () => {
    const before = reached(endpoint);
    const headers = { ...host, ...bearer(await sign(authority.issuer, key)) };
    const answer = await callTool(endpoint, "order", { headers });
    expect({ status: answer.status, header: challengeOf(answer) }).toEqual({ status: 403, header: needs });
    const batch = [rpc("tools/list"), rpc("tools/call", { name: "order", arguments: {} })];
    expect(
      (await send(endpoint.url, { headers: { ...headers, "mcp-protocol-version": "2025-03-26" }, body: batch })).status,
    ).toBe(403);
    expect(reached(endpoint)).toBe(before);
  });

  test("one that only begins like it is missing too", async () => {
    const token = await sign(authority.issuer, key, { scope: "orders:write:all orders orders:WRITE" });
    expect((await callTool(endpoint, "order", { headers: bearer(token) })).status).toBe(403);
  });

  test("one that is there: the tool is called", async () => {
    const token = await sign(authority.issuer, key, { scope: "orders:read orders:write" });
    const answer = await callTool(endpoint, "order", { headers: bearer(token) });
    expect(answer.text).toContain('"text":"ordered"');
  });
});

describe("scopes of resources and prompts", () => {
  const host = { host: "mcp.example.com" };
  /** With what the token holds: a client that asks for just these does not lose it. */
  const asked = "invoices:read orders:write";
  const needs = (name: string, scopes: string): string =>
    `Bearer ${metadata}, error="insufficient_scope", error_description="${name} needs the ${scopes.includes(" ") ? "scopes" : "scope"} ${scopes}.", scope="${asked}"`;
  const read = (uri: string) => rpc("resources/read", { uri });
  const remind = rpc("prompts/get", { name: "remind", arguments: {} });

  test.each([
    ["a resource", read("invoices://7"), "invoice", "invoices:read"],
    ["a resource whose URI is written in another way", read("invoices://%37"), "invoice", "invoices:read"],
    ["the changes of a resource", rpc("resources/subscribe", { uri: "invoices://7" }), "invoice", "invoices:read"],
    [
      "the changes of a resource, among others, as 2026-07-28 has it",
      rpc("subscriptions/listen", { notifications: { resourceSubscriptions: ["notes://1", "invoices://7"] } }),
      "invoice",
      "invoices:read",
    ],
    ["a prompt", remind, "remind", "invoices:read orders:write"],
  ])("%s: 403 that says which are missing, and no call", async (_, body, name, scopes) => {
    const before = reached(endpoint);
    const headers = { ...host, ...bearer(await sign(authority.issuer, key, { scope: "orders:write of:others" })) };
    const answer = await send(endpoint.url, { headers, body });
    expect({ status: answer.status, header: challengeOf(answer) }).toEqual({
      status: 403,
      header: needs(name, scopes),
    });
    expect(reached(endpoint)).toBe(before);
  });

  test("one that needs none is read, though a template that needs one fits its URI", async () => {
    const headers = bearer(await sign(authority.issuer, key));
    expect((await send(endpoint.url, { headers, body: read("invoices://prices") })).text).toContain("pen 2");
  });

  test("those that are there: they are read and asked for", async () => {
    const headers = bearer(await sign(authority.issuer, key, { scope: "invoices:read orders:write" }));
    expect((await send(endpoint.url, { headers, body: read("invoices://7") })).text).toContain("invoice 7");
    expect((await send(endpoint.url, { headers, body: remind })).text).toContain("Write a reminder.");
  });
});

describe("what everybody may read", () => {
  test.each(["", "/mcp"])("metadata%s", async (path) => {
    const headers = { host: "mcp.example.com", origin: "http://localhost:5173" };
    const answer = await send(endpoint.url, {
      method: "GET",
      path: `/.well-known/oauth-protected-resource${path}`,
      headers,
    });
    expect(answer.headers["access-control-allow-origin"]).toBe("http://localhost:5173");
    expect(JSON.parse(answer.text)).toEqual({
      resource: audience,
      authorization_servers: [authority.issuer],
      scopes_supported: ["orders:write", "invoices:read"],
      bearer_methods_supported: ["header"],
    });
  });

  test("what is not asked for by GET, by a foreign host or elsewhere is refused", async () => {
    const path = "/.well-known/oauth-protected-resource";
    expect((await send(endpoint.url, { path })).status).toBe(405);
    expect((await send(endpoint.url, { method: "GET", path, headers: { host: "evil.example" } })).status).toBe(403);
    expect((await send(endpoint.url, { method: "GET", path: `${path}/other` })).status).toBe(404);
    expect((await send(endpoint.url, { method: "GET", path: "/.well-known/openid-configuration" })).status).toBe(404);
  });

  test("health, but not /metrics", async () => {
    const get = async (path: string, headers = {}) =>
      (await send(endpoint.url, { method: "GET", path, headers })).status;
    expect([await get("/health/live"), await get("/health/ready")]).toEqual([200, 200]);
    expect(await get("/metrics")).toBe(401);
    expect(await get("/metrics", bearer(await sign(authority.issuer, key)))).toBe(200);
  });

  test("preflights pass, and pages may read the challenge", async () => {
    const headers = { origin: "http://localhost:5173", "access-control-request-headers": "authorization" };
    const preflight = await send(endpoint.url, { method: "OPTIONS", headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers["access-control-allow-headers"]).toContain("authorization");
    const refusal = await send(endpoint.url, { headers, body: rpc("tools/list") });
    expect(refusal.status).toBe(401);
    expect(refusal.headers["access-control-expose-headers"]).toContain("www-authenticate");
  });
});
