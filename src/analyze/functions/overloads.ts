/** Several signatures, none of them tagged → the one that can be served, where the others cannot. */
import type { ts } from "ts-morph";
import { isError } from "../../diagnostics/diagnostic.js";
import { injectedOf } from "../../language/injected/injected.js";
import { isGlobal } from "../../model/keys.js";
import { createAnalysis, type Analysis } from "../checker/analysis.js";
import { commentOf } from "../comments/docs.js";
import { collectProblems, whyLeftOut } from "../problems/problems.js";
import { readParameters, type ParameterDraft } from "./parameters.js";
import { writtenParameters } from "./positions.js";
import { readResult } from "./results.js";
import { settleTypeParameters } from "./type-arguments.js";

/** Undefined where several can be served, or none. */
export function onlyServable(
  { sources, describe }: Analysis,
  signatures: readonly ts.Signature[],
  place: ts.Node,
): ts.Signature | undefined {
  // What the others are made of has no part in what is served: it would take names, and be told of.
  const trial = createAnalysis({ sources, describe, origins: "dropped" });
  const [only, second] = signatures.filter((signature) => isServable(trial, signature, place));
  return second ? undefined : only;
}

function isServable(trial: Analysis, generic: ts.Signature, place: ts.Node): boolean {
  const { declaration } = generic;
  const settled = settleTypeParameters(trial, generic);
  if (declaration === undefined || settled.kind === "open") return false;
  const { signature } = settled;
  const declared = signature.getDeclaration();
  const written = writtenParameters(declared);
  const read = readParameters(trial, { signature, written, comment: commentOf(declaration), place });
  if (read.diagnostics.some(isError)) return false;
  const { shape, subject } = readResult(trial, {
    signature,
    annotation: declared.type,
    implementation: declared,
    place,
  });
  return (
    collectProblems(trial, shape, subject).errors.length === 0 && read.parameters.every((each) => isGiven(trial, each))
  );
}

/** By a client, or by the server. */
function isGiven(trial: Analysis, { model, config, shape, subject }: ParameterDraft): boolean {
  if (collectProblems(trial, shape, subject).errors.length === 0) return true;
  const { key } = model;
  if (config ?? model.use ?? injectedOf(key)) return true;
  // A signature with a callback is for those who give one, and another one is for those who do not.
  if (isCallback(trial, shape.type)) return false;
  if (model.optional && whyLeftOut(trial, shape, subject)) return true;
  // Which types are provided is known when all functions are read.
  return key !== undefined && !isGlobal(key) && !key.module.startsWith("node:");
}

function isCallback({ checker }: Analysis, type: ts.Type): boolean {
  return checker.getNonNullableType(type).getCallSignatures().length > 0;
}
