/** The draft of a configuration → its model, once its types are resolved, and what no variable can carry. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { ConfigModel } from "../../model/api.js";
import type { ConfigMember, ConfigVariable } from "../../model/config.js";
import type { ConfigDraft, MemberDraft, VariableDraft } from "./config.js";
import { explainUnreadable } from "../../language/variable-types.js";
import type { Analysis } from "../checker/analysis.js";
import { collectProblems } from "../problems/problems.js";
import type { Resolver } from "../types/resolve.js";

export interface FinishedConfig {
  readonly config: ConfigModel;
  readonly diagnostics: readonly Diagnostic[];
}

interface Finish {
  readonly analysis: Analysis;
  readonly resolver: Resolver;
  readonly diagnostics: Diagnostic[];
}

export function finishConfig(analysis: Analysis, resolver: Resolver, draft: ConfigDraft): FinishedConfig {
  const finish: Finish = { analysis, resolver, diagnostics: [...draft.diagnostics] };
  const members = draft.members.map((member) => finishMember(finish, member));
  const { key, span } = draft;
  const refused = finish.diagnostics.some(isGrave) && { refused: true as const };
  return { config: { key, span, members, ...refused }, diagnostics: finish.diagnostics };
}

/** A name of the system's is a warning. */
function isGrave({ code }: Diagnostic): boolean {
  return code !== "MG232";
}

function finishMember(finish: Finish, draft: MemberDraft): ConfigMember {
  if (draft.kind === "variable") return finishVariable(finish, draft);
  return { ...draft, members: draft.members.map((member) => finishMember(finish, member)) };
}

function finishVariable({ analysis, resolver, diagnostics }: Finish, draft: VariableDraft): ConfigVariable {
  const { variable, secret, optional, property, shape, subject } = draft;
  const { name, default: initial, description, examples } = property;
  const { errors } = collectProblems(analysis, shape, subject);
  const type = resolver.resolveRoot(property.type, "input");
  const reason = errors.length > 0 ? undefined : explainUnreadable(type);
  diagnostics.push(...errors);
  if (reason !== undefined) {
    const span = analysis.sources.spanOf(subject.place);
    diagnostics.push(diagnostic("MG230", `\`${subject.name}.${name}\` ${reason}`, { span }));
  }
  return {
    kind: "variable",
    name,
    variable,
    type,
    optional,
    secret,
    ...(initial !== undefined && { default: initial }),
    ...(description !== undefined && { description }),
    ...(examples !== undefined && { examples }),
  };
}
