/**
 * Files that follow from one function: what each of them follows from, as a key. A build after an edit takes over the texts
 * whose keys are the same, and writes only the others.
 */
import { hashText } from "../../model/hash.js";
import type { KnownFile, OutputFile, TakeText } from "../../model/files.js";
import type { ServedPlan, ServerPlan } from "../../model/plan.js";
import type { SharedType, SharedTypes } from "./shared-types.js";

export interface Reuse {
  /** `write` makes the text where no earlier one can be taken. */
  take(file: Pick<OutputFile, "path" | "owner">, key: string, write: () => KnownFile): OutputFile;
}

/** It is as an earlier build has left it: laid out, too. */
export function isTaken({ origin }: OutputFile): boolean {
  return origin?.hash !== undefined;
}

export function createReuse(takeText: TakeText): Reuse {
  return {
    take: (planned, key, write) => {
      const { text, ...origin } = takeText(planned, key) ?? write();
      return { ...planned, text, origin: { key, ...origin } };
    },
  };
}

export interface Keys {
  /** Of the file that serves it. */
  served(plan: ServedPlan): string;
  /** Of the file that tests it. */
  test(plan: ServedPlan): string;
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
  const ground = hashText(JSON.stringify([definitions, project, sdk]));
  const testGround = hashText(JSON.stringify(container ?? null));
  const files = hashText(JSON.stringify([...toolFiles]));
  const known = new Map<ServedPlan, string>();
  const keyOf = (plan: ServedPlan): string => {
    // The files of other tools are named where those are called.
    const called = plan.steps === undefined ? "" : files;
    const named = shared.within(plan).map(nameOf);
    return hashText(JSON.stringify([ground, plan, named, called]));
  };
  const served = (plan: ServedPlan): string => {
    const key = known.get(plan) ?? keyOf(plan);
    known.set(plan, key);
    return key;
  };
  return { served, test: (plan) => hashText(`${served(plan)} ${testGround}`) };
}

function nameOf({ file, constant }: SharedType): string {
  return `${file} ${constant}`;
}
