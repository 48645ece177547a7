/** Policies around the methods of a dependency: what is guarded, and that everything else stays what it was. */
import { describe, expect, test } from "vitest";
import { currentScope, runInScope } from "../../../templates/runtime/call/scope.js";
import { guard } from "../../../templates/runtime/policies/guard.js";
import type { PolicyCall } from "../../../templates/runtime/call/tool-call.js";
import type { Policy } from "../../../templates/runtime/policies/policy.js";

/** Notes who passes, and makes each call as often as is asked for. */
function passing({ times = 1 } = {}): { readonly policy: Policy; readonly seen: PolicyCall[] } {
  const seen: PolicyCall[] = [];
  const policy: Policy = {
    kind: "retry",
    bind: () => async (call, next) => {
      seen.push(call);
      for (let before = 1; before < times; before += 1) await next(call);
      return next(call);
    },
  };
  return { policy, seen };
}

class Counter {
  #count = 0;
  readonly label = "counter";

  get count(): number {
    return this.#count;
  }

  set count(value: number) {
    this.#count = value;
  }

  async add(by: number): Promise<number> {
    this.#count += by;
    return Promise.resolve(this.#count);
  }

  async addTwice(by: number): Promise<number> {
    await this.add(by);
    return this.add(by);
  }

  peek(): number {
    return this.#count;
  }

  chain(): this {
    return this;
  }

  async *walk(): AsyncGenerator<number> {
    yield await this.add(1);
  }
}

function guarded<T>(made: T, methods: readonly string[], policy: Policy): T {
  return guard({ name: "counter", methods, policies: [policy] })(made);
}

describe("a guarded dependency", () => {
  test("has the policies around each call of its asynchronous methods, by their name", async () => {
    const { policy, seen } = passing({ times: 3 });
    const counter = guarded(new Counter(), ["add"], policy);
    expect(await counter.add(1)).toBe(3);
    expect(seen.map(({ tool }) => tool)).toEqual(["counter.add"]);
  });

  test("keeps its private members, its accessors and what answers at once", async () => {
    const { policy, seen } = passing();
    const counter = guarded(new Counter(), ["add", "addTwice"], policy);
    counter.count = 5;
    expect([counter.count, counter.peek(), counter.label]).toEqual([5, 5, "counter"]);
    const { peek } = guarded({ peek: () => 1 }, [], policy);
    expect(peek()).toBe(1);
    expect(seen).toEqual([]);
    await counter.addTwice(1);
    // What the thing calls of itself is its own affair: retries within retries multiply.
    expect(seen.map(({ tool }) => tool)).toEqual(["counter.addTwice"]);
  });

  test("stays guarded where a method answers with the thing itself", async () => {
    const { policy, seen } = passing();
    await guarded(new Counter(), ["add"], policy).chain().chain().add(1);
    expect(seen).toHaveLength(1);
  });

  test("is an instance of its class, has its keys, and the same methods whenever they are asked for", () => {
    const { policy } = passing();
    const counter = guarded(new Counter(), ["add"], policy);
    expect(counter).toBeInstanceOf(Counter);
    expect(counter.constructor).toBe(Counter);
    expect(Object.keys(counter)).toEqual(["label"]);
    expect("add" in counter).toBe(true);
    const [add, again] = [Reflect.get(counter, "add"), Reflect.get(counter, "add")] as const;
    expect(add).toBe(again);
    expect(add).toHaveProperty("name", "add");
  });

  test("may be frozen", async () => {
    const { policy, seen } = passing();
    const frozen = guarded(Object.freeze({ ask: async () => Promise.resolve(1), name: "x" }), ["ask"], policy);
    expect(await frozen.ask()).toBe(1);
    expect(await { ...frozen }.ask()).toBe(1);
    expect(seen).toHaveLength(2);
    expect(() => Object.assign(frozen, { name: "y" })).toThrow(TypeError);
  });

  test("iterates as it did", async () => {
    const { policy, seen } = passing();
    const counter = guarded(new Counter(), ["add"], policy);
    const found: number[] = [];
    for await (const count of counter.walk()) found.push(count);
    expect(found).toEqual([1]);
    expect(seen).toEqual([]);
  });

  test("answers with what it threw, at once or later", async () => {
    const { policy } = passing();
    const boom = new Error("boom");
    const failing = {
      now: (): Promise<void> => {
        throw boom;
      },
      later: async () => Promise.reject(boom),
    };
    const counter = guarded(failing, ["now", "later"], policy);
    await expect(counter.now()).rejects.toBe(boom);
    await expect(counter.later()).rejects.toBe(boom);
  });

  test("belongs to the call that it is used in", async () => {
    const { policy, seen } = passing();
    const { signal } = new AbortController();
    const inner: unknown[] = [];
    const thing = guarded({ ask: async () => Promise.resolve(inner.push(currentScope()?.signal)) }, ["ask"], policy);
    const caller = { id: "ann", scopes: [], claims: {} };
    await runInScope({ requestId: "r1", tool: "t", signal, deadline: 9e9, caller }, () => thing.ask());
    expect(seen[0]).toMatchObject({ requestId: "r1", signal, deadline: 9e9, caller: "ann" });
    expect(inner).toEqual([signal]);
    await thing.ask();
    expect(seen[1]).toMatchObject({ requestId: "" });
    expect(seen[1]?.signal.aborted).toBe(false);
  });

  test("may be absent", () => {
    const { policy } = passing();
    const absent: readonly unknown[] = [undefined, null];
    expect(absent.map((nothing) => guarded(nothing, ["add"], policy))).toEqual(absent);
  });
});
