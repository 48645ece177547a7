// What is thrown → what kind of failure it is, what the client is told, what the log keeps.
import { describe, expect, test, vi } from "vitest";
import { runInScope } from "../../templates/runtime/call/scope.js";
import { classifyError, namesOf } from "../../templates/runtime/errors/classify.js";
import { presentError } from "../../templates/runtime/errors/present.js";
import { createRefusal } from "../../templates/runtime/errors/refusal.js";
import { showErrors } from "../../templates/runtime/errors/show.js";
import { packFailure, unpackFailure } from "../../templates/runtime/workers/failure.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

const error = (message: string, members: object = {}): Error => Object.assign(new Error(message), members);
function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable(new Error("x"), {});
  revoke();
  return proxy;
}

const generic = /^`pay` failed unexpectedly \(request r1\)\. The cause is in the server's log\.$/;

test.each<[string, unknown, string, string | RegExp]>([
  ["an error", error("secret detail"), "bug", generic],
  ["a message that reads like another kind", error("404 not found: ETIMEDOUT, rate limit"), "bug", generic],
  ["a TypeError", new TypeError("x is undefined"), "bug", generic],
  ["a 400", error("Amount must be positive.", { status: 400 }), "invalidInput", "Amount must be positive."],
  ["a 401", error("Log in first.", { statusCode: 401 }), "denied", "Log in first."],
  ["a 404 without words", error("", { status: 404 }), "notFound", "`pay` did not find what was asked for."],
  ["a 409", error("Already paid.", { status: 409 }), "conflict", "Already paid."],
  ["a 418", error("A teapot.", { status: 418 }), "invalidInput", "A teapot."],
  ["a 429", error("Slow down.", { status: 429, retryAfter: 2.5 }), "rateLimited", "Slow down. Retry in 3 s."],
  [
    "a 503 that names another year",
    error("Closed.", { status: 503, expose: true, headers: { "retry-after": "99999999999999999999" } }),
    "unavailable",
    "Closed. Retry in more than a day.",
  ],
  [
    "a 429 by header",
    error("Slow down.", { status: 429, headers: { "retry-after": "7" } }),
    "rateLimited",
    "Slow down. Retry in 7 s.",
  ],
  ["a 500", error("select * failed", { status: 500 }), "unavailable", "`pay` is temporarily unavailable (request r1)."],
  [
    "a 503 with a hint",
    error("x", { status: 503, retryAfter: 1 }),
    "unavailable",
    "`pay` is temporarily unavailable (request r1). Retry in 1 s.",
  ],
  [
    "a 503 that may be shown",
    error("Closed on Sundays.", { status: 503, expose: true }),
    "unavailable",
    "Closed on Sundays.",
  ],
  [
    "a 403 that may not be shown",
    error("user 7 lacks x", { status: 403, expose: false }),
    "denied",
    "`pay` is not allowed to do this (request r1).",
  ],
  ["colours", error("\u001b[31mNo order 7.\u001b[39m", { status: 404 }), "notFound", "No order 7."],
  ["exposed without a status", error("Pick another date.", { expose: true }), "bug", "Pick another date."],
  [
    "a network error",
    error("connect 10.0.0.5", { code: "ECONNREFUSED" }),
    "unavailable",
    "`pay` is temporarily unavailable (request r1).",
  ],
  [
    "fetch's network error",
    new TypeError("fetch failed", { cause: error("x", { code: "EAI_AGAIN" }) }),
    "unavailable",
    /unavailable/,
  ],
  [
    "a refusal, which is no failure of a dependency",
    createRefusal({ code: "CIRCUIT_OPEN", message: "The weather service is down.", retryAfter: 0.2 }),
    "overloaded",
    "The weather service is down. Retry in 1 s.",
  ],
  ["an abort", new DOMException("x", "AbortError"), "cancelled", "`pay` was cancelled (request r1)."],
  ["AbortSignal.timeout", new DOMException("x", "TimeoutError"), "timeout", "`pay` took too long (request r1)."],
  [
    "ENOENT, whose message has a path",
    error("ENOENT: /etc/x", { code: "ENOENT", syscall: "open" }),
    "notFound",
    "`pay` did not find a file that it asks for (request r1).",
  ],
  [
    "a program that is not there",
    error("spawn git ENOENT", { code: "ENOENT", syscall: "spawn git" }),
    "bug",
    "`pay` starts a program that is not there where the server runs (request r1).",
  ],
  ["a status that is none", error("x", { status: 200 }), "bug", generic],
  ["a status as text", error("x", { status: "404" }), "bug", generic],
  ["an object like an error", { status: 404, message: "No such bill." }, "notFound", "No such bill."],
  ["a string", "boom", "bug", generic],
  ["nothing", undefined, "bug", generic],
  ["null", null, "bug", generic],
  [
    "a cause that is itself",
    Object.assign(new Error("x"), {
      get cause() {
        return this;
      },
    }),
    "bug",
    generic,
  ],
  [
    "a getter that throws",
    {
      get status() {
        throw new Error("trap");
      },
    },
    "bug",
    generic,
  ],
  ["a proxy that throws whatever it is asked", revoked(), "bug", generic],
  [
    "a message that is no text",
    Object.assign(new Error(), { status: 400, message: { a: 1 } }),
    "invalidInput",
    "`pay` refused these arguments.",
  ],
])("%s", (_what, thrown, kind, shown) => {
  expect(classifyError(thrown).kind).toBe(kind);
  const text = presentError(thrown, { tool: "pay", requestId: "r1" });
  if (typeof shown === "string") expect(text).toBe(shown);
  else expect(text).toMatch(shown);
});

const fetchFailed = (code: string): Error => new TypeError("fetch failed", { cause: error("x", { code }) });

describe("a dependency that is away", () => {
  test.each([
    ..."EHOSTUNREACH ENETUNREACH ENETDOWN ENETRESET ECONNABORTED EPIPE EAI_AGAIN ECONNRESET ETIMEDOUT".split(" "),
    ..."UND_ERR_SOCKET UND_ERR_CONNECT_TIMEOUT UND_ERR_CLOSED UND_ERR_RES_CONTENT_LENGTH_MISMATCH".split(" "),
    ..."57P01 57P02 57P03 08000 08006 08P01 53300 40001 40P01 PROTOCOL_CONNECTION_LOST P1001".split(" "),
    ..."25006 40003 53100 53200 58030 P2037 ESOCKET ECONNCLOSED ER_OPTION_PREVENTS_STATEMENT ENOSPC".split(" "),
    ..."40000 53400 SQLITE_BUSY_SNAPSHOT SQLITE_LOCKED ENOMEM ERR_TLS_HANDSHAKE_TIMEOUT".split(" "),
    ..."EPROTO ERR_SSL_WRONG_VERSION_NUMBER HPE_INVALID_CONSTANT ERR_SOCKET_CLOSED ENOBUFS".split(" "),
    ..."CERT_HAS_EXPIRED DEPTH_ZERO_SELF_SIGNED_CERT ERR_TLS_CERT_ALTNAME_INVALID".split(" "),
  ])("%s: its own, its cause's, or that of one of several", (code) => {
    const forms = [
      error("x", { code }),
      fetchFailed(code),
      new Error("outer", { cause: new AggregateError([error("a"), error("b", { code })], "all failed") }),
    ];
    for (const form of forms) expect(classifyError(form).kind).toBe("unavailable");
    for (const form of forms)
      expect(classifyError(unpackFailure(structuredClone(packFailure(form)))).kind).toBe("unavailable");
  });

  test.each(["23505", "23503", "22P02", "22001", "42601", "28P01", "3D000", "UND_ERR_INVALID_ARG", "E_OWN"])(
    "%s is none",
    (code) => expect(classifyError(error("x", { code })).kind).toBe("bug"),
  );

  test.each<[string, Error, string]>([
    ["pg's pool is exhausted", error("timeout exceeded when trying to connect"), "overloaded"],
    ["Prisma's pool is exhausted", error("x", { code: "P2024" }), "overloaded"],
    ["Knex' pool is exhausted", error("x", { name: "KnexTimeoutError" }), "overloaded"],
    ["our pool is exhausted", createRefusal({ code: "POOL_EXHAUSTED", message: "Full." }), "overloaded"],
    ["pg's connection is cut", error("Connection terminated unexpectedly"), "unavailable"],
    ["a statement takes too long", error("x", { code: "57014" }), "timeout"],
    ["Redis is a replica now", error("READONLY You can't write", { name: "ReplyError" }), "unavailable"],
    ["the same by another client", error("READONLY You can't write against a read only replica."), "unavailable"],
    ["Redis has no connection left", error("ERR max number of clients reached", { name: "ReplyError" }), "unavailable"],
    ["Node's own SQLite is locked", error("database is locked"), "unavailable"],
    ["Redis is full", error("ERR max number of clients reached"), "unavailable"],
    ["Redis is loading", error("LOADING Redis is loading the dataset in memory"), "unavailable"],
    ["Redis has no memory left", error("OOM command not allowed when used memory > 'maxmemory'."), "unavailable"],
    ["a deadlock, by Sequelize", error("x", { original: { code: "40P01" } }), "unavailable"],
    ["the client of redis is offline", error("The client is offline"), "unavailable"],
    ["a word in capitals that is not Redis'", error("LOADING the page failed"), "bug"],
    ["gRPC is away", error("14 UNAVAILABLE: No connection established", { code: 14 }), "unavailable"],
    ["gRPC took too long", error("4 DEADLINE_EXCEEDED: Deadline exceeded after 1s", { code: 4 }), "timeout"],
    ["gRPC has no quota left", error("8 RESOURCE_EXHAUSTED: Quota exceeded", { code: 8 }), "rateLimited"],
    ["Prisma does not start", error("x", { errorCode: "P1001" }), "unavailable"],
    ["a statement of MySQL takes too long", error("x", { code: "PROTOCOL_SEQUENCE_TIMEOUT" }), "timeout"],
    ["AWS throttles", error("x", { name: "ThrottlingException", $metadata: { httpStatusCode: 400 } }), "rateLimited"],
    ["AWS is away", error("x", { name: "InternalServerException", $metadata: { httpStatusCode: 503 } }), "unavailable"],
    ["a sentence that has such a one in it", error("I saw: Connection terminated"), "bug"],
    ["a timeout within", error("x", { cause: new DOMException("x", "TimeoutError") }), "timeout"],
  ])("%s", (_what, thrown, kind) => {
    expect(classifyError(thrown).kind).toBe(kind);
  });

  test.each<[string, Error]>([
    ["PostgreSQL refuses the password", error('password authentication failed for user "bob"', { code: "28P01" })],
    ["PostgreSQL lets nobody in from here", error('no pg_hba.conf entry for host "10.0.0.5"', { code: "28000" })],
    ["PostgreSQL has no such database", error('database "accounts" does not exist', { code: "3D000" })],
    ["MySQL refuses the password", error("x", { code: "ER_ACCESS_DENIED_ERROR", errno: 1045, sqlState: "28000" })],
    ["Sequelize says so", error("x", { name: "SequelizeConnectionError", original: { code: "28P01" } })],
    ["Redis refuses the password", error("WRONGPASS invalid username-password pair", { name: "ReplyError" })],
    ["Redis asks for a password", error("NOAUTH Authentication required.")],
    ["Redis gives the user no right", error("NOPERM this user has no permissions to run the 'get' command")],
  ])("%s: no attempt mends it, and its words are not the client's, whatever is shown", async (_what, thrown) => {
    const fail = showErrors("messages")(() => Promise.reject(thrown));
    await expect(Promise.resolve(fail({}, undefined))).rejects.toBe(thrown);
    expect(classifyError(thrown)).toMatchObject({ kind: "bug", exposed: false });
    expect(namesOf(thrown)).not.toContain("error");
    expect(presentError(thrown, { tool: "pay", requestId: "r1" })).toMatch(generic);
  });

  test("a host that nobody knows is told as that", () => {
    const text = presentError(fetchFailed("ENOTFOUND"), { tool: "pay", requestId: "r1" });
    expect(text).toBe(
      "`pay` is unavailable: the name of a host that it asks cannot be resolved (request r1). The name may be wrong.",
    );
  });

  test.each(["CERT_HAS_EXPIRED", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"])("%s is told as what it is", (code) => {
    const text = presentError(fetchFailed(code), { tool: "pay", requestId: "r1" });
    expect(text).toBe("`pay` is unavailable: the certificate of a host that it asks is not accepted (request r1).");
  });
});

describe("when to come back", () => {
  const date = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toUTCString();

  test.each<[string, object, number | undefined]>([
    ["its own", { retryAfter: 2.5 }, 3],
    ["a header", { headers: { "retry-after": "7" } }, 7],
    ["a header in capitals", { headers: { "Retry-After": "7" } }, 7],
    ["headers of fetch", { headers: new Headers({ "Retry-After": "7" }) }, 7],
    ["the answer of axios", { response: { status: 429, headers: { "retry-after": "7" } } }, 7],
    ["the answer of ky", { response: { status: 429, headers: new Headers({ "retry-after": "7" }) } }, 7],
    ["of its cause", { cause: error("x", { response: { headers: { "retry-after": 7 } } }) }, 7],
    ["a moment that is over", { headers: { "retry-after": date(-60) } }, 0],
    ["what is none", { headers: { "retry-after": "soon" } }, undefined],
    ["a negative number", { headers: { "retry-after": "-7" } }, undefined],
  ])("%s", (_what, members, seconds) => {
    const thrown = error("Request failed with status code 429", members);
    expect(classifyError(thrown).retryAfter).toBe(seconds);
    const carried = unpackFailure(structuredClone(packFailure(thrown)));
    expect(classifyError(carried).retryAfter).toBe(seconds);
  });

  test("a date", () => {
    const { retryAfter = 0 } = classifyError(error("x", { status: 503, headers: { "retry-after": date(3_600) } }));
    expect(retryAfter).toBeGreaterThan(3_000);
    expect(retryAfter).toBeLessThanOrEqual(3_600);
  });

  test("now is not worth a word", () => {
    const text = presentError(error("x", { status: 503, retryAfter: 0 }), { tool: "pay", requestId: "r1" });
    expect(text).toBe("`pay` is temporarily unavailable (request r1).");
  });
});

describe("an abort", () => {
  const abort = new DOMException("x", "AbortError");
  const within = <T>(signal: AbortSignal, work: () => T): T =>
    runInScope({ requestId: "r1", tool: "pay", signal }, work);

  test.each([
    ["of fetch", abort],
    ["of axios", error("canceled", { name: "CanceledError", code: "ERR_CANCELED" })],
    ["of got", error("Promise was canceled", { name: "CancelError", code: "ERR_CANCELED" })],
  ])("%s is a timeout of the function's own while its call stands", (_whose, thrown) => {
    const text = within(new AbortController().signal, () => presentError(thrown, { tool: "pay", requestId: "r1" }));
    expect(text).toBe("`pay` took too long (request r1).");
  });

  test("is a cancellation where the call's own signal is aborted", () => {
    const kinds = within(AbortSignal.abort(), () =>
      [abort, error("x", { cause: abort })].map((each) => classifyError(each)),
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(["cancelled", "cancelled"]);
  });
});

test("secrets are taken out of messages that are shown", () => {
  const thrown = error("Cannot log in at postgres://bob:hunter2@db/main with token=abc123", { status: 400 });
  expect(presentError(thrown, { tool: "pay", requestId: "r1" })).toBe(
    "Cannot log in at postgres://[redacted]@db/main with token=[redacted]",
  );
});
