// The circuit's state machine against a reference that keeps every event and looks at all of them each time.
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  createBreaker,
  type Admission,
  type Breaker,
  type BreakerOutcome,
  type BreakerSettings,
  type BreakerState,
} from "../../../templates/runtime/resilience/breaker.js";

let now = 0;
const clock = vi.spyOn(performance, "now");
beforeEach(() => {
  now = 0;
  clock.mockImplementation(() => now);
});
afterEach(() => clock.mockReset());

const settings = { rate: 0.5, window: 1_000, min: 4, reset: 2_000 };
/** Failures from before it opened are still within the window when it closes. */
const quick = { ...settings, reset: 300 };
const longest = 300_000;

/** What the circuit should be: nothing is forgotten, nothing is counted ahead. */
interface Reference {
  readonly settings: BreakerSettings;
  state: BreakerState;
  /** Of the period since the last change, in which an admission has a say. */
  period: number;
  openedAt: number;
  openFor: number;
  /** The admission that is the probe, unsettled. */
  probe: number | undefined;
  readonly events: { readonly slot: number; readonly failed: boolean; readonly era: number }[];
  era: number;
  readonly admitted: { readonly period: number; readonly isProbe: boolean; settled: boolean }[];
}

interface Real {
  readonly breaker: Breaker;
  readonly changes: BreakerState[];
  readonly admissions: Admission[];
}

const slotAt = (time: number) => Math.floor(time / (settings.window / 10));

function change(model: Reference, state: BreakerState): void {
  model.state = state;
  model.period += 1;
  model.probe = undefined;
}

function trip(model: Reference, milliseconds: number): void {
  change(model, "open");
  model.openedAt = now;
  model.openFor = milliseconds;
}

type Command = fc.Command<Reference, Real>;

class Ask implements Command {
  check = () => true;
  run(model: Reference, real: Real): void {
    const admission = real.breaker.admit();
    if (model.state === "open" && now >= model.openedAt + model.openFor) change(model, "halfOpen");
    const refused = model.state === "open" || (model.state === "halfOpen" && model.probe !== undefined);
    if (refused) {
      const retryAfter = model.state === "open" ? (model.openedAt + model.openFor - now) / 1_000 : 1;
      expect(admission).toEqual({ kind: "refused", retryAfter });
      return;
    }
    const isProbe = model.state === "halfOpen";
    expect(admission).toMatchObject({ kind: "admitted", isProbe });
    real.admissions.push(admission);
    if (isProbe) model.probe = model.admitted.length;
    model.admitted.push({ period: model.period, isProbe, settled: false });
    expect(real.changes.at(-1) ?? "closed").toBe(model.state);
  }
  toString = () => "ask";
}

class Settle implements Command {
  readonly index: number;
  readonly outcome: BreakerOutcome;
  constructor(index: number, outcome: BreakerOutcome) {
    this.index = index;
    this.outcome = outcome;
  }
  check = (model: Readonly<Reference>) => model.admitted.some(({ settled }) => !settled);
  run(model: Reference, real: Real): void {
    const open = model.admitted.map((_, index) => index).filter((index) => model.admitted[index]?.settled === false);
    const chosen = open[this.index % open.length]!;
    const admission = real.admissions[chosen];
    if (admission?.kind === "admitted") admission.settle(this.outcome);
    this.expectation(model, chosen);
    expect(real.changes.at(-1) ?? "closed").toBe(model.state);
  }
  private expectation(model: Reference, chosen: number): void {
    const admitted = model.admitted[chosen]!;
    admitted.settled = true;
    if (admitted.isProbe) {
      // Only the probe of the present decides.
      if (model.probe !== chosen) return;
      model.probe = undefined;
      if (this.outcome === "failure") trip(model, Math.min(model.openFor * 2, longest));
      if (this.outcome === "success") {
        change(model, "closed");
        model.era += 1;
      }
      return;
    }
    if (admitted.period !== model.period || this.outcome === "ignored") return;
    model.events.push({ slot: slotAt(now), failed: this.outcome === "failure", era: model.era });
    const recent = model.events.filter(({ slot, era }) => era === model.era && slot > slotAt(now) - 10);
    const failed = recent.filter((event) => event.failed).length;
    if (recent.length >= model.settings.min && failed / recent.length >= model.settings.rate)
      trip(model, model.settings.reset);
  }
  toString = () => `settle(${this.index}, ${this.outcome})`;
}

class Pass implements Command {
  readonly milliseconds: number;
  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }
  check = () => true;
  run(): void {
    now += this.milliseconds;
  }
  toString = () => `pass(${this.milliseconds})`;
}

const commands = fc.commands(
  [
    fc.constant(new Ask()),
    fc.constant(new Ask()),
    fc
      .tuple(fc.nat(5), fc.constantFrom<BreakerOutcome>("failure", "failure", "success", "ignored"))
      .map(([index, outcome]) => new Settle(index, outcome)),
    fc.constantFrom(1, 90, 300, 500, 1_100, 2_000, 4_000, longest).map((milliseconds) => new Pass(milliseconds)),
  ],
  { maxCommands: 40, size: "max" },
);

const sequences = Number(process.env["BREAKER_SEQUENCES"] ?? 10_000);

test(`behaves as the reference does, in ${String(sequences)} sequences of events`, () => {
  const reached = new Map<string, number>();
  fc.assert(
    fc.property(fc.constantFrom(settings, quick), commands, (chosen, sequence) => {
      now = 0;
      const changes: BreakerState[] = [];
      fc.modelRun(() => {
        changes.length = 0;
        now = 0;
        const breaker = createBreaker(chosen, (state) => changes.push(state));
        const model: Reference = {
          ...{ state: "closed", period: 0, openedAt: 0, openFor: chosen.reset, probe: undefined },
          settings: chosen,
          ...{ events: [], era: 0, admitted: [] },
        };
        return { model, real: { breaker, changes, admissions: [] } };
      }, sequence);
      for (const state of changes) reached.set(state, (reached.get(state) ?? 0) + 1);
    }),
    { numRuns: sequences },
  );
  // Otherwise the sequences were too tame to say anything.
  expect(reached.get("open")).toBeGreaterThan(sequences / 20);
  expect(reached.get("halfOpen")).toBeGreaterThan(sequences / 50);
  expect(reached.get("closed")).toBeGreaterThan(sequences / 1_000);
});

function settleAll(breaker: Breaker, outcomes: readonly BreakerOutcome[]): void {
  const admissions = outcomes.map(() => breaker.admit());
  outcomes.forEach((outcome, index) => {
    const admission = admissions[index];
    if (admission?.kind === "admitted") admission.settle(outcome);
  });
}

test("opens at the threshold, not one later, and not below the least number of calls", () => {
  const changes: BreakerState[] = [];
  const breaker = createBreaker(settings, (state) => changes.push(state));
  settleAll(breaker, ["failure", "failure", "failure"]);
  expect(changes).toEqual([]);
  settleAll(breaker, ["success"]);
  expect(changes).toEqual(["open"]);
});

test("stays open twice as long after each failed probe, up to five minutes, and starts anew once closed", () => {
  const breaker = createBreaker(settings, () => undefined);
  const fail = () => settleAll(breaker, ["failure", "failure", "failure", "failure"]);
  const waits = (): number => {
    const admission = breaker.admit();
    return admission.kind === "refused" ? admission.retryAfter : Number.NaN;
  };
  fail();
  const seen: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    seen.push(waits());
    now += waits() * 1_000;
    settleAll(breaker, ["failure"]);
  }
  expect(seen).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  now += longest;
  settleAll(breaker, ["success"]);
  fail();
  expect(waits()).toBe(2);
});
