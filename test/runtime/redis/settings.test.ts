// REDIS_URL: what is wrong with it is told by its name, and never by its value.
import { expect, test } from "vitest";
import { readSettings } from "../../../templates/runtime/database/settings.js";
import { describeRefusal, readRedisUrl } from "../../../templates/runtime/redis/settings.js";
import { findWrongEndpoint } from "../../../templates/runtime/tracing/environment.js";

const errorOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return String(error);
  }
  return expect.fail("it was taken");
};

const secret = ["AbC/dEf+gh9x=", "12/34", "12#34", "a@b/c", "1/a?b"];

test.each([...secret.map((each) => `:${each}@h:6379`), ...secret.map((each) => `user:${each}@h`), "h:port", "h/main"])(
  "a wrong URL: %s",
  (rest) => {
    const message = errorOf(() => readRedisUrl({ REDIS_URL: `redis://${rest}` }));
    expect(message).toContain("REDIS_URL");
    expect(message).not.toContain(rest);
    expect(message).not.toMatch(/AbC|34/);
  },
);

test.each(secret)("DATABASE_URL with %s in it", (password) => {
  const message = errorOf(() => readSettings({ DATABASE_URL: `postgres://bob:${password}@db.example:5432/main` }));
  expect(message).toContain("DATABASE_URL");
  expect(message).not.toContain("bob");
});

test.each([
  "redis://h",
  "rediss://u:a%2Fb@h:6379/3",
  "redis://[::1]:6379/",
  "localhost:6379",
  "/run/redis.sock",
  "redis://h/0?family=6",
])("%s is right", (text) => expect(readRedisUrl({ REDIS_URL: text })).toBe(text));

test("an address of OpenTelemetry that is none is told by its variable", () => {
  const name = "OTEL_EXPORTER_OTLP_ENDPOINT";
  expect(findWrongEndpoint({ [name]: "https://key:a/b@collector" })).toBe(name);
  expect(findWrongEndpoint({ [name]: "http://127.0.0.1:4318" })).toBeUndefined();
});

test("a newline behind it is none of its", () =>
  expect(readRedisUrl({ REDIS_URL: "redis://:a%2Fb@h:6379/1\n" })).toBe("redis://:a%2Fb@h:6379/1"));

test("none at all", () => expect(readRedisUrl({})).toBeUndefined());

test.each([
  ["NOAUTH Authentication required.", "the user or the password is wrong"],
  ["WRONGPASS invalid username-password pair or user is disabled.", "the user or the password is wrong"],
  ["NOPERM this user has no permissions to run the 'get' command", "the user lacks a right"],
  ["ERR DB index is out of range", "there is no such database"],
  ["LOADING Redis is loading", undefined],
])("%s", (message, words) => {
  const told = describeRefusal(new Error(message));
  if (words === undefined) expect(told).toBeUndefined();
  else expect(told).toContain(words);
});
