// `mapLimit`: the order of the results, how far the source may be ahead, and what a failure ends.
import fc from "fast-check";
import { expect, test } from "vitest";
import { mapLimit } from "../../templates/runtime/contracts/map-limit.js";

/** Each item takes so many turns to make and to work on. */
interface Plan {
  readonly making: number;
  readonly working: number;
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
}

function watch(plans: readonly Plan[], broken: { readonly source?: number; readonly work?: number } = {}) {
  const seen = { produced: 0, begun: 0, settled: 0, mostAhead: 0, mostAtWork: 0, atFailure: 0, ended: 0 };
  async function* source(): AsyncGenerator<number> {
    try {
      for (const [index, { making }] of plans.entries()) {
        await turns(making);
        if (index === broken.source) throw new Error("source");
        seen.produced += 1;
        seen.mostAhead = Math.max(seen.mostAhead, seen.produced - seen.settled);
        yield index;
      }
    } finally {
      seen.ended += 1;
    }
  }
  const work = async (item: number): Promise<string> => {
    seen.begun += 1;
    seen.mostAtWork = Math.max(seen.mostAtWork, seen.begun - seen.settled);
    await turns(plans[item]?.working ?? 0);
    seen.settled += 1;
    if (item === broken.work) {
      seen.atFailure = seen.produced;
      throw new Error("work");
    }
    return `n${String(item)}`;
  };
  return { seen, source, work };
}

const plan = fc.record({ making: fc.nat(5), working: fc.nat(20) });
const plans = fc.array(plan, { maxLength: 30 });
const limits = fc.integer({ min: 1, max: 8 });

test("all results, in the order of the items; the source is never ahead by more than the limit", async () => {
  await fc.assert(
    fc.asyncProperty(plans, limits, async (all, limit) => {
      const { seen, source, work } = watch(all);
      expect(await mapLimit(source(), limit, work)).toEqual(all.map((_, index) => `n${String(index)}`));
      expect(seen).toMatchObject({ produced: all.length, settled: all.length, ended: 1 });
      expect(seen.mostAhead).toBeLessThanOrEqual(limit);
      expect(seen.mostAtWork).toBeLessThanOrEqual(limit);
    }),
  );
});

test("the first failure is the outcome: what was begun is awaited, little more is produced, the source ends", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { minLength: 1, maxLength: 30 }), limits, fc.nat(29), async (all, limit, at) => {
      const broken = at % all.length;
      const { seen, source, work } = watch(all, { work: broken });
      await expect(mapLimit(source(), limit, work)).rejects.toThrow("work");
      expect(seen.begun).toBe(seen.settled);
      // The one that was being made.
      expect(seen.produced).toBeLessThanOrEqual(seen.atFailure + 1);
      expect(seen.ended).toBe(1);
    }),
  );
});

test("a source that fails is the outcome once what was begun has settled", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { minLength: 1, maxLength: 30 }), limits, fc.nat(29), async (all, limit, at) => {
      const broken = at % all.length;
      const { seen, source, work } = watch(all, { source: broken });
      await expect(mapLimit(source(), limit, work)).rejects.toThrow("source");
      expect(seen).toMatchObject({ begun: broken, settled: broken, ended: 1 });
    }),
  );
});

test("a list is a source too, and what is thrown may be anything", async () => {
  expect(await mapLimit(["a", "b"], 2, (item, index) => item + String(index))).toEqual(["a0", "b1"]);
  const nothing = (): never => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- Whatever is thrown arrives as it is.
    throw undefined;
  };
  await expect(mapLimit([1], 1, nothing)).rejects.toBeUndefined();
});

test.each([0, -1, 1.5, Number.NaN])("%s is no limit", async (limit) => {
  await expect(mapLimit([1], limit, String)).rejects.toThrow("not a number of items");
});
