/**
 * Files that follow from one function: what each of them follows from, as a key. A build after an edit takes over the texts
 * whose keys are the same, and writes only the others.
 */
import { hashText } from "../../model/hash.js";
import { isStanding, type EarlierTexts, type KnownFile, type OutputFile, type PlannedFile } from "../../model/files.js";
import type { ServedPlan, ServerPlan } from "../../model/plan.js";
import type { SharedType, SharedTypes } from "./shared-types.js";

export interface Reuse {
  /** `write` makes the text where no earlier one can be taken. */
  take(file: Pick<OutputFile, "path" | "owner">, key: string, write: () => KnownFile): PlannedFile;
}

/** It is as an earlier build has left it: laid out, too. */
export function isTaken(file: PlannedFile): boolean {
  return isStanding(file) || file.origin?.hash !== undefined;
}

export function importsIn(file: PlannedFile): readonly string[] {
  return (isStanding(file) ? file.standing : file.origin)?.imports ?? [];
}

export function createReuse(earlier: EarlierTexts): Reuse {
  return {
    take: (planned, key, write) => {
      const known = earlier.take(planned, key) ?? write();
      if ("standing" in known) return known;
      const { text, ...origin } = known;
      return { ...planned, text, origin: { key, ...origin } };
    },
  };
}

/** Of a file that follows from this alone. */
export function keyOf(data: object): string {
  return hashText(JSON.stringify(data));
}

export interface Keys {
  /** Of the file that serves it. */
  served(plan: ServedPlan): string;
  /** Of the file that tests it. */
  test(plan: ServedPlan): string;
  /** Of the file that these types share. */
  types(types: readonly SharedType[]): string;
}

export interface KeyedBy {
  readonly shared: SharedTypes;
  /** By a tool's name, its file, without extension. */
  readonly toolFiles: ReadonlyMap<string, string>;
}

export function createKeys(
  { definitions, project, container, sdk }: Pick<ServerPlan, "definitions" | "project" | "container" | "sdk">,
  { shared, toolFiles }: KeyedBy,
): Keys {
  const ground = keyOf([definitions, project, sdk]);
  const testGround = keyOf([container]);
  const files = keyOf([...toolFiles]);
  const served = byPlan((plan) => {
    // The files of other tools are named where those are called.
    const called = plan.steps === undefined ? "" : files;
    const named = shared.within(plan).map(nameOf);
    return servedKey(plan, [ground, ...named, called].join("\n"));
  });
  const describe = (type: SharedType) => [nameOf(type), type.key, shared.inside(type).map(nameOf)];
  return {
    served,
    test: (plan) => testKey(plan, `${served(plan)} ${testGround}`),
    types: (types) => keyOf([ground, types.map(describe)]),
  };
}

/** The plan of a function that is as it was is the same object in the next build of this process. */
function byPlan<T>(answer: (plan: ServedPlan, beside: string) => T): (plan: ServedPlan, beside?: string) => T {
  const answers = new WeakMap<ServedPlan, { readonly beside: string; readonly value: T }>();
  return (plan, beside = "") => {
    const known = answers.get(plan);
    if (known?.beside === beside) return known.value;
    const value = answer(plan, beside);
    answers.set(plan, { beside, value });
    return value;
  };
}

const hashPlan = byPlan(keyOf);
const servedKey = byPlan((plan, beside) => hashText(`${hashPlan(plan)} ${beside}`));
const testKey = byPlan((_, beside) => hashText(beside));

function nameOf({ file, constant }: SharedType): string {
  return `${file} ${constant}`;
}
