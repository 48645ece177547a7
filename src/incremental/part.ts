/**
 * The files that were edited → the modules that have to be read anew, or nothing where all have to be. A function depends on
 * what its module imports, and on no other: what goes across modules without an import is left to a build of the whole.
 */
import { isToolName, readFrom } from "../language/from-tag.js";
import type { ApiModel, FunctionModel } from "../model/api.js";
import type { GraphFile, SourceGraph, SourcePart } from "../model/project/source-graph.js";
import type { Findings } from "./findings.js";
import { importersOf, listImported } from "./links.js";

/** `edited`: files that stand where they stood, relative to the project root. */
export function choosePart(findings: Findings, edited: readonly string[]): SourcePart | undefined {
  const { graph, model, choice, diagnosed } = findings;
  const { files } = graph;
  if (graph.leavesOut || choice === "idle" || !edited.every((path) => isPlain(path, files[path]))) return undefined;
  const affected = importersOf(graph, [...edited, ...diagnosed]);
  if (reachesAcross(model, affected)) return undefined;
  // A barrel can choose for the modules that it hands on.
  if (choice !== "none" && [...affected].some((path) => files[path]?.barrel)) return undefined;
  const all = Object.keys(files).filter((path) => files[path]?.isModule);
  const named = new Set([...edited, ...diagnosed]);
  const modules = all.filter((path) => affected.has(path) && (named.has(path) || !handsOn(graph, path)));
  // Of so much the whole costs hardly more, and the whole needs no joining.
  if (modules.length * 2 > all.length) return undefined;
  const globals = Object.keys(files).filter((path) => files[path]?.isGlobal);
  const before = Object.fromEntries(
    [...named].flatMap((path) => {
      const file = files[path];
      return file && standsApart(findings, path, named) ? [[path, file]] : [];
    }),
  );
  return { modules: new Set(modules), globals, hasNode: graph.hasNode, before };
}

/** Nothing is told of it, it comes to nothing else that is read for the edit's sake, and what it exports is its own. */
function standsApart({ graph, model, diagnosed }: Findings, path: string, named: ReadonlySet<string>): boolean {
  return (
    !diagnosed.includes(path) &&
    [...listImported(graph, path)].every((each) => !named.has(each)) &&
    model.functions.every(({ reference, span }) => reference.module !== path || span.file === path)
  );
}

/** What it says is for those who import it. Of JSON, others than those could read it: package.json says what imports lead to. */
function isPlain(path: string, file: GraphFile | undefined): boolean {
  return file !== undefined && !file.isGlobal && !path.endsWith(".json");
}

/** A barrel that exports no more than modules do themselves: what they are called, and where they are imported from, is theirs to say. */
function handsOn({ files }: SourceGraph, path: string): boolean {
  const { barrel } = files[path] ?? {};
  if (!barrel) return false;
  return Object.entries(barrel).every(([from, names]) => {
    const file = files[from];
    return file?.isModule === true && (names.every((name) => name === "*") || !file.barrel);
  });
}

/** Whether what is affected is more than functions that stand for themselves. */
function reachesAcross(model: ApiModel, affected: ReadonlySet<string>): boolean {
  const { functions, providers, candidates, configs, bindings, sets } = model;
  const shared = [...providers, ...candidates, ...configs, ...bindings, ...sets].map(({ span }) => span.file);
  const exporters = providers.map(({ reference }) => reference.module);
  if ([...shared, ...exporters].some((path) => affected.has(path)) || functions.some(takesOfOthers)) return true;
  return functions
    .filter(({ reference, span }) => affected.has(reference.module) || affected.has(span.file))
    .some((each) => isEntangled(each) || each.reference.module !== each.span.file);
}

/** What another function gives is named, and not imported. */
function takesOfOthers({ docs }: FunctionModel): boolean {
  return docs.tags.some(({ name, text }) => name === "from" && isToolName(readFrom(text)?.written ?? ""));
}

/** It belongs to a class, or calls other tools. */
export function isEntangled(model: FunctionModel): boolean {
  return takesOfOthers(model) || model.instance !== undefined || model.parameters.some(({ use }) => use !== undefined);
}
