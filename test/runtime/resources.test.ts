// What the servers of a process share is closed with the last of them, in reverse, whatever fails.
import { expect, test, vi } from "vitest";
import { closeWithServers, countServer } from "../../templates/runtime/lifecycle/resources.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

test("the last server closes what is shared, in reverse and in spite of a failure", async () => {
  const closed: string[] = [];
  const first = countServer();
  const second = countServer();
  closeWithServers(() => Promise.resolve(void closed.push("connection")));
  closeWithServers(() => Promise.reject(new Error("stuck")));
  closeWithServers(() => Promise.resolve(void closed.push("threads")));
  await first();
  expect(closed).toEqual([]);
  await second();
  expect(closed).toEqual(["threads", "connection"]);
});

test("what was closed is not closed again", async () => {
  const close = vi.fn(() => Promise.resolve());
  const first = countServer();
  closeWithServers(close);
  await first();
  await countServer()();
  expect(close).toHaveBeenCalledTimes(1);
});
