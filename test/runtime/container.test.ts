// What is made for tools, in which order, what of it is closed, and what is said when something fails.
import { createContextCall } from "../../templates/runtime/context/call.js";
import { serverMetrics } from "../../templates/runtime/metrics/service.js";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { waitUntilIdle } from "../../templates/runtime/lifecycle/running.js";
import { defineContainer, type Opening } from "../../templates/runtime/container/container.js";
import type { Contracts } from "../../templates/runtime/call/tool-call.js";
import { connectTestClient } from "../../templates/runtime/sdk-v1/testing.js";
import { defineServer, defineTool } from "../../templates/runtime/index.js";
import { z } from "zod";

const contracts = { signal: new AbortController().signal } as Contracts;
let events: string[] = [];

beforeEach(() => {
  events = [];
});
afterEach(() => vi.useRealTimers());

const note = (text: string): void => void events.push(text);

class Thing implements AsyncDisposable {
  readonly name: string;
  readonly closing: () => unknown;
  constructor(name: string, closing: () => unknown = () => undefined) {
    this.name = name;
    this.closing = closing;
    note(`made ${name}`);
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await this.closing();
    note(`closed ${this.name}`);
  }
}

async function* yieldThing(name: string): AsyncGenerator<Thing> {
  await Promise.resolve();
  yield new Thing(name, () => note("never: the generator closes it"));
  note(`closed ${name}`);
}

const tools = [{ name: "useB", needs: ["b"] }];

/** `a` by a generator, `b` and `c` concurrently out of it, `d` for each call. */
const chain = defineContainer({
  providers: {
    a: { provider: "openA (src/a.ts)", needs: [] },
    b: { provider: "openB (src/b.ts)", needs: ["a"] },
    c: { provider: "openC (src/c.ts)", needs: ["a"] },
    d: { provider: "openD (src/d.ts)", needs: ["c"], scope: "request" },
  },
  async openSingletons(open: Opening) {
    const a = await open.generator("a", () => yieldThing("a"));
    const [b, c] = await Promise.all([
      open.promise("b", async () => Promise.resolve(new Thing("b"))),
      open.promise("c", async () => Promise.resolve(new Thing("c"))),
    ]);
    return { a, b, c };
  },
  openRequest(open: Opening, { c }: { readonly c: Thing }) {
    const d = open.value("d", () => new Thing(`d of ${c.name}`));
    return { d };
  },
});

describe("making", () => {
  test("what is needed is made in order, and closed once, in reverse", async () => {
    const opened = chain.open([...tools, { name: "useC", needs: ["c"] }]);
    await opened.ready;
    await Promise.all([opened.close(), opened.close()]);
    expect(events).toEqual(["made a", "made b", "made c", "closed c", "closed b", "closed a"]);
  });

  test("what no tool needs is not made", async () => {
    const opened = chain.open(tools);
    await opened.ready;
    await opened.close();
    expect(events).toEqual(["made a", "made b", "closed b", "closed a"]);
  });

  test("an override needs nothing, and is not closed", async () => {
    const opened = chain.open(tools, { b: new Thing("mock") });
    await opened.ready;
    const seen = await opened.supply(["b"])(contracts, async (given) => Promise.resolve(given));
    await opened.close();
    expect(seen).toMatchObject({ b: { name: "mock" } });
    expect(events).toEqual(["made mock"]);
  });

  test("for a call: made anew, closed after it, unless the tool does not need it", async () => {
    const opened = chain.open([...tools, { name: "useD", needs: ["d"] }]);
    await opened.ready;
    events = [];
    await opened.supply(["b"])(contracts, async () => {
      await Promise.resolve();
      note("call without");
    });
    for (let call = 1; call <= 2; call += 1) {
      await opened.supply(["d"])(contracts, async (given) => {
        note(`call with ${(given as unknown as { d: Thing }).d.name}`);
        return Promise.resolve();
      });
      expect(await waitUntilIdle(1_000)).toBe(true);
    }
    expect(events).toEqual([
      "call without",
      ...["made d of c", "call with d of c", "closed d of c"],
      ...["made d of c", "call with d of c", "closed d of c"],
    ]);
    await opened.close();
  });

  test("what is only handed on is closed by whom it is from", async () => {
    const opened = defineContainer({
      providers: {
        pool: { provider: "openPool", needs: [] },
        store: { provider: "provideStore", needs: ["pool"] },
        session: { provider: "provideSession", needs: ["store"], scope: "request" },
      },
      openSingletons(open: Opening) {
        const pool = open.value("pool", () => new Thing("pool"));
        const store = open.value("store", () => pool);
        return { pool, store };
      },
      openRequest: (open: Opening, { store }: { readonly store: Thing }) => ({
        session: open.value("session", () => store),
      }),
    }).open([{ name: "t", needs: ["session"] }]);
    await opened.ready;
    await opened.supply(["session"])(contracts, async () => Promise.resolve());
    await waitUntilIdle(1_000);
    expect(events).toEqual(["made pool"]);
    await opened.close();
    expect(events).toEqual(["made pool", "closed pool"]);
  });
});

const container = (openSingletons: (open: Opening) => object | Promise<object>) =>
  defineContainer({
    providers: {
      first: { provider: "openFirst (src/a.ts)", needs: [] },
      second: { provider: "openSecond (src/b.ts)", needs: [] },
      third: { provider: "openThird (src/c.ts)", needs: ["first", "second"] },
    },
    openSingletons,
  }).open([{ name: "useThird", needs: ["third"] }]);

const failure = async (promise: Promise<unknown>): Promise<Error> => {
  const reason: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(reason instanceof Error)) throw new Error("it did not fail");
  return reason;
};

describe("a start that fails", () => {
  test("says what, why and for whom, once all else is closed", async () => {
    const opened = container(async (open) => {
      const first = open.value("first", () => new Thing("first"));
      const second = await open.promise("second", async () => {
        await Promise.resolve();
        throw Object.assign(new AggregateError([]), { code: "ECONNREFUSED" });
      });
      return { first, second, third: open.value("third", () => new Thing("third")) };
    });
    const { message } = await failure(opened.ready);
    expect(message).toBe(
      [
        "The server cannot start: `second` could not be made.",
        "  openSecond (src/b.ts): ECONNREFUSED",
        "  needed by `third`, from openThird (src/c.ts)",
        "  needed by the tool `useThird`",
      ].join("\n"),
    );
    expect(events).toEqual(["made first", "closed first"]);
    await opened.close();
  });

  test("waits for what was being made beside it, and tells of all that failed", async () => {
    const opened = container(async (open) => {
      const [first] = await Promise.all([
        open.promise("first", async () => {
          await new Promise((resolve) => setTimeout(resolve, 20));
          return new Thing("first", () => {
            throw new Error("stuck");
          });
        }),
        open.promise("second", () => Promise.reject(new Error("password=hunter2 refused"))),
      ]);
      return { first };
    });
    const { message } = await failure(opened.ready);
    expect(message).toContain("openSecond (src/b.ts): password=[redacted] refused");
    expect(message).toContain("Besides, closing `first` failed: stuck");
    expect(events).toEqual(["made first"]);
  });

  test("a generator that yields nothing has made nothing", async () => {
    async function* nothing(): AsyncGenerator<Thing> {
      if (events.length > 9) yield new Thing("never");
      await Promise.resolve();
    }
    const opened = container(async (open) => ({ first: await open.generator("first", nothing) }));
    expect((await failure(opened.ready)).message).toContain("openFirst (src/a.ts): it returned without a `yield`");
  });

  test("closed while it starts: no more is made, what comes late is closed", async () => {
    vi.useFakeTimers();
    let arrive = (): void => undefined;
    const opened = container(async (open) => {
      const first = await open.promise("first", async () => {
        await new Promise<void>((resolve) => (arrive = resolve));
        return new Thing("first");
      });
      return { first, third: open.value("third", () => new Thing("third")) };
    });
    const closed = opened.close();
    await vi.advanceTimersByTimeAsync(5_000);
    await closed;
    expect(events).toEqual([]);
    arrive();
    expect((await failure(opened.ready)).message).toContain("shutting down");
    expect(events).toEqual(["made first", "closed first"]);
  });
});

describe("a cleanup that fails", () => {
  test("keeps nothing else from being closed; all are reported, slow ones after five seconds", async () => {
    vi.useFakeTimers();
    const opened = container((open) => ({
      first: open.value("first", () => new Thing("first")),
      second: open.value("second", () => new Thing("second", () => new Promise(() => undefined))),
      third: open.value("third", () => new Thing("third", () => Promise.reject(new Error("no")))),
    }));
    await opened.ready;
    const closed = failure(opened.close());
    await vi.advanceTimersByTimeAsync(4_999);
    expect(events).toEqual(["made first", "made second", "made third"]);
    await vi.advanceTimersByTimeAsync(1);
    const error = (await closed) as AggregateError;
    expect(error.errors.map(({ message }: Error) => message)).toEqual([
      "closing `third` failed",
      "closing `second` took longer than 5 s",
    ]);
    expect(events.at(-1)).toBe("closed first");
  });
});

describe("in a test of the user's", () => {
  const server = defineServer({
    calls: createContextCall,
    metrics: serverMetrics,
    name: "test",
    version: "1",
    surface: { tools: [{ name: "useB", inputSchema: { type: "object" } }] },
    tools: [
      defineTool({
        name: "useB",
        input: z.strictObject({}),
        output: z.string(),
        result: "text",
        needs: ["b"],
        call: (_, { b }: { readonly b: Thing }) => b.name,
      }),
    ],
    container: chain,
  });

  test("mocks take the place of what would be made; the rest ends with the client", async () => {
    const mocked = await connectTestClient(server, { b: new Thing("mock") });
    expect(await mocked.callTool({ name: "useB" })).toMatchObject({ content: [{ text: "mock" }] });
    await mocked.close();
    const real = await connectTestClient(server);
    expect(await real.callTool({ name: "useB" })).toMatchObject({ content: [{ text: "b" }] });
    await real.close();
    expect(events).toEqual(["made mock", "made a", "made b", "closed b", "closed a"]);
  });
});
