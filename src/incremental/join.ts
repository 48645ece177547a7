/**
 * What was found before, and what the part that was read anew gives → what a build of the whole would find. Undefined where
 * these two do not tell: then the whole is built.
 */
import type { Acceptance } from "../diagnostics/accept.js";
import type { ApiModel, InputFile } from "../model/api.js";
import {
  constantsOf,
  contractsOf,
  type GraphFile,
  type SourceGraph,
  type SourcePart,
} from "../model/project/source-graph.js";
import { joinDefinitions, sharesNames } from "./definitions.js";
import type { Findings } from "./findings.js";
import { joinFunctions } from "./functions.js";
import { listRead } from "./links.js";
import { standsAlone } from "./needs.js";

export function joinFindings(before: Findings, anew: Findings, part: SourcePart): Findings | undefined {
  const graph = joinGraphs(before.graph, anew.graph, part);
  const joined = joinFunctions(before, anew, part);
  if (!graph || !joined || !sharesNames(before.model, anew.model)) return undefined;
  if (before.choice !== "none" && !exportsTheSame(before.graph, anew.graph, part)) return undefined;
  if (!standsAlone(joined, { before: before.model, anew: anew.model })) return undefined;
  const { functions, kept } = joined;
  const model: ApiModel = {
    ...before.model,
    functions,
    definitions: joinDefinitions(before.model, anew.model, kept),
    recursive: { ...before.model.recursive, ...anew.model.recursive },
    inputs: joinInputs(before.model.inputs, anew.model.inputs),
    contracts: contractsOf(graph),
    compiler: { ...anew.model.compiler, constants: constantsOf(graph) },
  };
  return { ...before, graph, model, diagnosed: anew.diagnosed, acceptances: joinAcceptances(before, anew, part) };
}

/** Undefined where it comes to other files than before, or to other files that hold for all. */
function joinGraphs(before: SourceGraph, anew: SourceGraph, part: SourcePart): SourceGraph | undefined {
  if (anew.leavesOut || anew.hasNode !== before.hasNode) return undefined;
  const files: Record<string, GraphFile> = { ...before.files };
  for (const [path, file] of Object.entries(anew.files)) {
    const known = before.files[path];
    if (!known || known.isGlobal !== file.isGlobal) return undefined;
    // Of a module that is only imported by the part, more is known from before.
    files[path] = known.isModule && !part.modules.has(path) ? known : file;
  }
  const graph = { ...anew, files, constants: before.constants };
  if (!Object.values(files).every((file) => leadsSomewhere(file, graph))) return undefined;
  const [read, reads] = [listRead(before), listRead(graph)];
  return read.size === reads.size && [...read].every((path) => reads.has(path)) ? graph : undefined;
}

/** By the same names: those that were listed still are, and no others. */
function exportsTheSame(
  { files: before }: SourceGraph,
  { files: anew }: SourceGraph,
  { modules }: SourcePart,
): boolean {
  return [...modules].every((path) => before[path]?.exports?.join() === anew[path]?.exports?.join());
}

/** A barrel that names what is no longer exported is an error in it, which only reading it tells. */
function leadsSomewhere({ barrel = {} }: GraphFile, { files }: SourceGraph): boolean {
  return Object.entries(barrel).every(([from, names]) => {
    const exported = files[from]?.exports;
    return exported === undefined || names.every((name) => name === "*" || exported.includes(name));
  });
}

/** The same files, of which some have changed. */
function joinInputs(before: readonly InputFile[], anew: readonly InputFile[]): readonly InputFile[] {
  const hashes = new Map(anew.map(({ path, hash }) => [path, hash]));
  return before.map(({ path, hash }) => ({ path, hash: hashes.get(path) ?? hash }));
}

function joinAcceptances(before: Findings, anew: Findings, part: SourcePart): readonly Acceptance[] {
  const isKept = ({ where }: Acceptance): boolean => !where || !("file" in where) || !part.modules.has(where.file);
  return [...before.acceptances.filter(isKept), ...anew.acceptances];
}
