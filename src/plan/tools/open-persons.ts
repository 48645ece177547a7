/** Arguments that name a person or an account of the caller, and that any client can set as it likes. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { FunctionModel } from "../../model/api.js";
import { givenTo } from "../../model/filled.js";
import type { ServedPlan } from "../../model/plan.js";
import type { Graph } from "../injection/dependency-graph.js";
import type { Planned } from "../injection/nested-retries.js";
import { readsCaller } from "./callers.js";

const whose = "(?:account|actor|caller|customer|org|organi[sz]ation|owner|principal|requester|tenant|user)";

const persons = new RegExp(`^(?:current_?)?${whose}_?(?:uu)?id$`, "i");

interface Ground {
  readonly graph: Graph;
  /** The server can check who calls it. */
  readonly auth: boolean;
}

/** Not told of tools that nobody without a scope may call, that look at who calls, or that are about the person: `findUser(userId)`. */
export function findOpenPersons(planned: readonly Planned[], { graph, auth }: Ground): readonly Diagnostic[] {
  return planned.flatMap(({ source, plan }) => {
    if (!(auth || writes(source)) || plan.scopes.length > 0 || readsCaller(givenTo(plan.call), graph)) return [];
    const named = plan.input.properties.filter(({ name }) => persons.test(name) && !isAbout(source.name, name));
    return named.map(({ name }) => tell(name, source, plan));
  });
}

function tell(argument: string, { parameters, span }: FunctionModel, { name }: ServedPlan): Diagnostic {
  const parameter = parameters.find((each) => each.name === argument);
  const message = `any client can choose the \`${argument}\` of \`${name}\``;
  return diagnostic("MG540", message, { span: parameter?.span ?? span });
}

/** As far as it says so, or is seen to. */
function writes({ docs, effects }: FunctionModel): boolean {
  const isReadonly = docs.tags.some(({ name, text }) => name === "readonly" && text.trim() !== "false");
  const says = docs.tags.some(({ name }) => name === "destructive" || name === "invalidates");
  return !isReadonly && (says || effects.some(({ kind }) => kind === "writes"));
}

function isAbout(functionName: string, argument: string): boolean {
  const noun = argument.replace(/_?(?:uu)?id$/i, "").toLowerCase();
  return functionName.replaceAll("_", "").toLowerCase().includes(noun);
}
