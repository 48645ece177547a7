/** What the package exports: the pipeline for programs, and the types that functions name as their dependencies. */
import { thisProcess } from "./cli/owner.js";
import { generate as generateAs, type GenerateRequest, type Outcome } from "./pipeline.js";
import type { Result } from "./model/result.js";

/** Builds the project, as `mcpgen build` does, and returns what was found and written; throws only for a bug in mcpgen. */
export function generate(request: Omit<GenerateRequest, "owner">): Promise<Result<Outcome>> {
  return generateAs({ ...request, owner: thisProcess });
}

export { check, preview, type Outcome, type PipelineRequest, type StageName } from "./pipeline.js";
export { formatDiagnostic } from "./diagnostics/format.js";
export { isError, type Diagnostic, type Note } from "./diagnostics/diagnostic.js";
export type { Result } from "./model/result.js";
export type { Change, OutputFile, PlannedFile, StandingFile } from "./model/files.js";
export type { Position, Span } from "./model/span.js";

/** All of them: what a build takes for one of ours is what the user's editor and compiler find here. */
export type * from "../templates/runtime/contracts/index.js";
export { bind, providers } from "../templates/runtime/contracts/wiring.js";
export { mapLimit } from "../templates/runtime/contracts/map-limit.js";
