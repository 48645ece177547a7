/** Objects that can be called, such as clients and applications of libraries: where the call cannot be served, they are no functions that should be. */
import { diagnostic, isError, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { ExportedFunction, Sources } from "../../discover/index.js";
import type { FunctionModel, ParameterModel } from "../../model/api.js";
import { keyId } from "../../model/keys.js";

/** In place of what is wrong with its signature. */
export function leaveOutObject(
  { spanOf }: Sources,
  { isObject, name, declaration }: ExportedFunction,
  found: readonly Diagnostic[],
): readonly Diagnostic[] {
  const reason = found.find(isError);
  if (!isObject || !reason) return found;
  const message = `an object that can be called is not served: \`${name}\``;
  const place = "name" in declaration && declaration.name ? declaration.name : declaration;
  const notes = [{ message: reason.message, ...(reason.span && { span: reason.span }) }];
  return [diagnostic("MG115", message, { span: spanOf(place), help: "export a function that calls it", notes })];
}

/** What clients can neither send nor be given; `provided` are the ids of what providers make. */
export function whyNotServed(
  { parameters, result }: Pick<FunctionModel, "parameters" | "result">,
  provided: ReadonlySet<string>,
): readonly Diagnostic[] {
  const isGiven = ({ key, leftOut }: ParameterModel): boolean =>
    leftOut !== undefined || (key !== undefined && (key.module === "mcpgen" || provided.has(keyId(key))));
  const types = [...parameters.filter((parameter) => !isGiven(parameter)).map(({ type }) => type), result];
  return types.flatMap((type) => (type.kind === "unservable" ? type.diagnostics : []));
}
