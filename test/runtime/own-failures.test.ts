/** What clients are told of a function that only computes, whose server does not carry what systems throw. */
import { expect, test, vi } from "vitest";
import { tellFailure } from "../../templates/runtime/errors/present.js";
import { tellOwnFailure } from "../../templates/runtime/errors/tell.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

const error = (message: string, members: object = {}): Error => Object.assign(new Error(message), members);

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable(new Error("x"), {});
  revoke();
  return proxy;
}

test.each<[string, unknown]>([
  ["an error", error("secret detail")],
  ["a mistake", new TypeError("x is undefined")],
  ["a status", error("Amount must be positive.", { status: 400 })],
  ["a status without words", error("", { statusCode: 404 })],
  ["a status of a server", error("secret detail", { status: 503, retryAfter: 1.2 })],
  ["a message that may be shown", error("Pick another date.\n    at pick (dates.js:1:1)", { expose: true })],
  ["one that may not", error("secret detail", { status: 403, expose: false })],
  ["a string", "boom"],
  ["nothing", undefined],
  ["a proxy that throws whatever it is asked", revoked()],
])("%s is told as it is of all others", (_, thrown) => {
  const call = { tool: "pay", requestId: "r1" };
  expect(tellOwnFailure(thrown, call)).toEqual(tellFailure(thrown, call));
});

test("what a system throws is told as any other failure", () => {
  const call = { tool: "pay", requestId: "r1" };
  const refused = error("connect 10.0.0.5", { code: "ECONNREFUSED" });
  expect(tellFailure(refused, call).kind).toBe("unavailable");
  expect(tellOwnFailure(refused, call)).toEqual({
    kind: "bug",
    text: "`pay` failed unexpectedly (request r1). The cause is in the server's log.",
  });
});
