// What is read of a message, and what becomes of one that clients are not told.
import { describe, expect, test, vi } from "vitest";
import { classifyError } from "../../templates/runtime/errors/classify.js";
import { presentError } from "../../templates/runtime/errors/present.js";

const lines = vi.hoisted((): object[] => {
  process.env["LOG_LEVEL"] = "error";
  return [];
});

vi.mock(import("../../templates/runtime/logging/stderr.js"), async (original) => ({
  ...(await original()),
  writeLine: (line: object) => void lines.push(line),
}));

const error = (message: string, members: object = {}): Error => Object.assign(new Error(message), members);

describe("what another service answered", () => {
  test.each<[string, string]>([
    ["Request failed with status code 404", "notFound"],
    ["Request failed with status 503", "unavailable"],
    ["HTTP 503", "unavailable"],
    ["HTTP error! status: 429", "rateLimited"],
    ["HTTP error 401", "denied"],
    ["HTTP/1.1 502", "unavailable"],
    ["Failed to load orders: 404 Not Found", "notFound"],
    ["Response status: 500", "unavailable"],
    ["Response code 409 (Conflict)", "conflict"],
    ["the server responded with a status of 403 (Forbidden)", "denied"],
    ["the API returned 504", "unavailable"],
    ["404 Not Found", "notFound"],
    ["Order 404 is not found", "bug"],
    ["timeout, 503, ECONNRESET", "bug"],
    ["failed with 503 items left", "bug"],
    ["HTTP 200", "bug"],
    ["status 5031", "bug"],
  ])("%s", (message, kind) => {
    expect(classifyError(error(message)).kind).toBe(kind);
    expect(classifyError(error(message)).exposed).toBe(false);
  });

  test("where the error carries the answer, or was caused by one that does", () => {
    expect(classifyError(error("x", { response: { statusCode: 404 } })).kind).toBe("notFound");
    const outer = error("x", { cause: error("secret words", { status: 404 }) });
    expect(classifyError(outer)).toMatchObject({ kind: "notFound", exposed: false });
  });
});

describe("a message that is hidden", () => {
  const isHinted = (tool: string, thrown: unknown): boolean => {
    presentError(thrown, { tool, requestId: "r1" });
    return JSON.stringify(lines.at(-1)).includes('"hint"');
  };

  test("is told in the log how it would be shown, once for each tool", () => {
    const told = ["a", "a", "b"].map((tool) => isHinted(tool, error("x")));
    expect(told).toEqual([true, false, true]);
  });

  test("is not where no switch would show it", () => {
    expect(isHinted("c", error("x", { expose: false }))).toBe(false);
    expect(isHinted("c", error("spawn x", { code: "ENOENT", syscall: "spawn x" }))).toBe(false);
  });
});
