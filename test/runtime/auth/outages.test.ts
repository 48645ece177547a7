// Keys that rotate, and an authorization server that cannot be reached: told apart from tokens that do not hold.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createJwtVerifier } from "../../../templates/runtime/auth/jwt.js";
import { log } from "../../../templates/runtime/logging/logger.js";
import { audience, createKey, inSeconds, sign, startAuthority, type Authority, type SigningKey } from "./authority.js";

let authority: Authority;
let key: SigningKey;
let lines: string[];
/** How far the clocks have been put forward. */
let ahead = 0;

const cooldown = 11_000;
const maxAge = 601_000;
const travel = (milliseconds: number): void => void (ahead += milliseconds);
const verifierOf = ({ issuer }: Authority, jwksUrl?: string) =>
  createJwtVerifier({ kind: "keys", issuer, audiences: [audience], jwksUrl });
const tokenOf = async (by: SigningKey): Promise<string> => sign(authority.issuer, by, { exp: inSeconds(86_400) });
const fetches = (): number => authority.requests.filter(({ path }) => path === "/realm/keys").length;

const accepted = { kind: "accepted", caller: { id: "ann" } };
const unverified = { kind: "refused", reason: "The token cannot be verified." };
const unavailable = { kind: "unavailable" };

beforeEach(async () => {
  ahead = 0;
  lines = [];
  const [wall, monotonic] = [Date.now.bind(Date), performance.now.bind(performance)];
  vi.spyOn(Date, "now").mockImplementation(() => wall() + ahead);
  vi.spyOn(performance, "now").mockImplementation(() => monotonic() + ahead);
  vi.spyOn(log, "error").mockImplementation((text, { error } = {}) => void lines.push(`${text}: ${String(error)}`));
  key = await createKey("k1");
  authority = await startAuthority([key]);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await authority.close();
});

describe("keys", () => {
  test("are fetched once, where the metadata says, for all who ask at once", async () => {
    const verify = verifierOf(authority);
    const token = await tokenOf(key);
    expect(authority.requests).toEqual([]);
    const verdicts = await Promise.all(Array.from({ length: 20 }, async () => verify(token)));
    for (const verdict of verdicts) expect(verdict).toMatchObject(accepted);
    expect(authority.requests.map(({ path }) => path)).toEqual([
      "/.well-known/oauth-authorization-server/realm",
      "/.well-known/openid-configuration/realm",
      "/realm/.well-known/openid-configuration",
      "/realm/keys",
    ]);
  });

  test("rotate: a new one is fetched, the old one is refused", async () => {
    const verify = verifierOf(authority, `${authority.issuer}/keys`);
    const old = await tokenOf(key);
    expect(await verify(old)).toMatchObject(accepted);
    const next = await createKey("k2");
    authority.keys = [next];
    travel(cooldown);
    expect(await verify(await tokenOf(next))).toMatchObject(accepted);
    expect(await verify(old)).toEqual(unverified);
    expect(fetches()).toBe(2);
  });

  test("rotate right after a fetch: the new one is looked for at once, but not again and again", async () => {
    const verify = verifierOf(authority, `${authority.issuer}/keys`);
    expect(await verify(await tokenOf(key))).toMatchObject(accepted);
    const [next, third] = [await createKey("k2"), await createKey("k3")];
    authority.keys = [next];
    const tokens = await Promise.all(Array.from({ length: 10 }, async () => tokenOf(next)));
    for (const verdict of await Promise.all(tokens.map(verify))) expect(verdict).toMatchObject(accepted);
    expect(fetches()).toBe(2);
    authority.keys = [third];
    const token = await tokenOf(third);
    for (let count = 0; count < 10; count += 1) expect(await verify(token)).toEqual(unverified);
    expect(fetches()).toBe(2);
    travel(cooldown);
    expect(await verify(token)).toMatchObject(accepted);
    expect(fetches()).toBe(3);
  });

  test("that nobody publishes are not looked for where the first token names them", async () => {
    const verify = verifierOf(authority, `${authority.issuer}/keys`);
    expect(await verify(await tokenOf(await createKey("x")))).toEqual(unverified);
    expect(fetches()).toBe(1);
  });

  test("that nobody publishes cause one fetch, not one each", async () => {
    const verify = verifierOf(authority, `${authority.issuer}/keys`);
    await verify(await tokenOf(key));
    travel(cooldown);
    const strangers = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => tokenOf(await createKey(`x${index}`))),
    );
    for (const verdict of await Promise.all(strangers.map(verify))) expect(verdict).toEqual(unverified);
    expect(fetches()).toBe(2);
  });

  test("that are withdrawn are good until the next fetch", async () => {
    const verify = verifierOf(authority, `${authority.issuer}/keys`);
    const token = await tokenOf(key);
    expect(await verify(token)).toMatchObject(accepted);
    authority.keys = [];
    travel(maxAge);
    expect(await verify(token)).toEqual(unverified);
  });
});

describe("an authorization server that is down", () => {
  test("at the first token: nothing is said of it, one line in the log, then a pause", async () => {
    authority.isDown = true;
    const verify = verifierOf(authority);
    const token = await tokenOf(key);
    for (let count = 0; count < 5; count += 1) expect(await verify(token)).toEqual(unavailable);
    expect(authority.requests).toHaveLength(3);
    expect(lines.filter((line) => line.includes("cannot be fetched"))).toHaveLength(1);
    expect(lines.join("")).not.toContain(token.split(".")[1]);
    authority.isDown = false;
    travel(5_100);
    expect(await verify(token)).toMatchObject(accepted);
  });

  test("later: the keys that are known go on for a while, what is unknown is not refused", async () => {
    const verify = verifierOf(authority, `${authority.issuer}/keys`);
    const token = await tokenOf(key);
    expect(await verify(token)).toMatchObject(accepted);
    authority.isDown = true;
    travel(maxAge);
    expect(await verify(token)).toMatchObject(accepted);
    expect(await verify(await tokenOf(await createKey("k2")))).toEqual(unavailable);
    expect(await verify(await tokenOf(await createKey("k1")))).toEqual(unverified);
    travel(3_600_000);
    expect(await verify(token)).toEqual(unavailable);
  });

  test("or is another one than it says", async () => {
    const verify = verifierOf({ ...authority, issuer: `${authority.issuer}/` });
    expect(await verify(await tokenOf(key))).toEqual(unavailable);
    expect(lines.join("")).toContain("MCP_AUTH_ISSUER is another one");
  });
});
