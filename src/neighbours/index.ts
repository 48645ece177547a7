/**
 * The project around the output → the test runner and the linter of its own that would take the output for a part of it,
 * and what keeps each out: an edit where its settings are JSON or a list of lines, a line to add where they are a program,
 * which is read as text and never run.
 */
import { findEslint } from "./eslint.js";
import { findJest } from "./jest.js";
import type { Neighbourhood, Neighbour } from "./neighbour.js";
import { findVitest } from "./vitest.js";

export { rangeOfKey } from "./neighbour.js";
export type { Neighbour, Neighbourhood } from "./neighbour.js";

export function findNeighbours(around: Neighbourhood): readonly Neighbour[] {
  return [findJest, findVitest, findEslint].flatMap((find) => find(around) ?? []);
}
