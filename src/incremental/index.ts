/** Incremental builds: what a build found, what an edit can have changed of it, and both put together. */
export type { Findings } from "./findings.js";
export { joinFindings } from "./join.js";
export { choosePart } from "./part.js";
