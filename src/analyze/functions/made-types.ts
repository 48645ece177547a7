/** A result that JSON cannot carry → what the function would give to others as a provider. */
import type { ts } from "ts-morph";
import { catalog } from "../../diagnostics/catalog.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { FunctionModel, Servable } from "../../model/api.js";
import { isGlobal } from "../../model/keys.js";
import type { Analysis } from "../checker/analysis.js";
import { typeKey } from "../checker/keys.js";

type Maker = Pick<FunctionModel, "name" | "span">;

interface Given {
  readonly maker: Maker;
  readonly result: Servable;
  readonly type: ts.Type;
}

/** What is broken, or has no identity, is nothing that could be provided. */
export function withMade(analysis: Analysis, { maker, result, type }: Given): Pick<FunctionModel, "result" | "makes"> {
  if (result.kind === "servable" || result.diagnostics.some(({ code }) => code !== "MG306")) return { result };
  const makes = typeKey(analysis, type);
  if (makes === undefined || isGlobal(makes)) return { result };
  return { result: { ...result, diagnostics: result.diagnostics.map((each) => adviseMaker(each, maker)) }, makes };
}

/** The type may be declared far from the function. */
function adviseMaker(found: Diagnostic, { name, span }: Maker): Diagnostic {
  const isFar = found.span?.file !== span.file || found.span.start.line !== span.start.line;
  const notes = isFar ? [...found.notes, { message: `\`${name}\` returns it`, span }] : found.notes;
  if (found.help !== catalog.MG306.help) return { ...found, notes };
  return { ...found, notes, help: `${found.help}, or tag \`${name}\` with \`@provider\` if it makes this for others` };
}
