/** `@completes review.language` → values that are proposed for an argument of a prompt, or a variable of a resource. */
import type { Config } from "../../config/config.js";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { closest } from "../../diagnostics/suggest.js";
import type { DocTag, FunctionModel } from "../../model/api.js";
import type { CompletionPlan, PromptPlan, ResourcePlan, ResultPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import { compareSpans } from "../../model/span.js";
import { findTag } from "../surface/check-tags.js";
import { planServed } from "../tools/served.js";
import { nameTool } from "../tools/tool-names.js";
import type { Planning } from "../tools/tool-parameters.js";
import { checkTexts } from "../resources/texts.js";

export interface Completable {
  readonly prompts: readonly PromptPlan[];
  readonly resources: readonly ResourcePlan[];
}

/** The value is only to be used when no diagnostic is an error. */
export function planCompletion(
  source: FunctionModel,
  given: { readonly planning: Planning; readonly config: Config; readonly completable: Completable },
): Result<CompletionPlan> {
  const { planning, config, completable } = given;
  const served = planServed(source, {
    planning,
    config,
    name: nameTool(source, config.naming),
    result: planValues(source),
    factsOf: () => ({ readonly: true, idempotent: true }),
  });
  const tag = findTag(source.docs, "completes");
  const target = findTarget(tag, completable);
  const [value] = served.value.input.properties;
  const completion: CompletionPlan = {
    ...served.value,
    of: target.value ?? { kind: "prompt", name: "", argument: "" },
    value: value?.name ?? "",
  };
  // Nobody reads a description of it.
  const diagnostics = served.diagnostics.filter(({ code }) => code !== "MG504");
  return succeed(completion, [
    ...diagnostics,
    ...target.diagnostics,
    ...(target.value ? checkParameters(source, completion, completable) : []),
    ...checkTexts(served.value, source, "a completion"),
  ]);
}

function planValues(source: FunctionModel): Result<ResultPlan> {
  if (source.result.kind === "unservable") return succeed({ kind: "empty" }, source.result.diagnostics);
  const { type } = source.result;
  const element = type.kind === "array" || type.kind === "set" ? type.element : undefined;
  const isText = element && ["string", "literal", "enum", "template"].includes(element.kind);
  if (isText) return succeed({ kind: "text", type });
  const message = `\`${source.name}\` does not return a list of strings`;
  return succeed({ kind: "empty" }, [diagnostic("MG306", message, { span: source.span, help: "return `string[]`" })]);
}

function findTarget(
  tag: DocTag | undefined,
  { prompts, resources }: Completable,
): Result<CompletionPlan["of"] | undefined> {
  const text = tag?.text.trim() ?? "";
  if (!tag || text === "") return succeed(undefined);
  const refuse = (message: string) => succeed(undefined, [diagnostic("MG513", message, { span: tag.span })]);
  const [, name = "", argument = ""] = /^([\w-]+)\.(\w+)$/.exec(text) ?? [];
  if (name === "") return refuse(`\`${text}\` does not name an argument`);
  const prompt = prompts.find((each) => each.name === name);
  const owner = prompt ?? resources.find((each) => each.name === name);
  if (!owner)
    return refuse(
      `no prompt or resource is called \`${name}\`${meant(
        name,
        [...prompts, ...resources].map((each) => each.name),
      )}`,
    );
  const names = owner.input.properties.map((property) => property.name);
  if (!names.includes(argument)) return refuse(`\`${name}\` has no argument \`${argument}\`${meant(argument, names)}`);
  return succeed({ kind: prompt ? "prompt" : "resource", name, argument });
}

function meant(name: string, names: readonly string[]): string {
  const found = closest(name, names);
  return found === undefined ? "" : `; did you mean \`${found}\`?`;
}

/** The first takes what has been typed; the others take arguments that may have been given before. */
function checkParameters(
  source: FunctionModel,
  { input, of }: CompletionPlan,
  completable: Completable,
): readonly Diagnostic[] {
  const [value, ...others] = input.properties;
  if (!value) {
    const message = `\`${source.name}\` has no parameter for the text typed so far`;
    return [diagnostic("MG513", message, { span: source.span, help: "take the text so far as the first parameter" })];
  }
  const owners = of.kind === "prompt" ? completable.prompts : completable.resources;
  const names = owners.find(({ name }) => name === of.name)?.input.properties.map(({ name }) => name) ?? [];
  return others.flatMap(({ name, optional }) => {
    const span = source.parameters.find((parameter) => parameter.name === name)?.span ?? source.span;
    if (!names.includes(name))
      return [diagnostic("MG513", `\`${of.name}\` has no argument \`${name}\`${meant(name, names)}`, { span })];
    const help = "make the parameter optional";
    return optional ? [] : [diagnostic("MG513", `\`${name}\` may not have been given yet`, { span, help })];
  });
}

/** Two for one argument: which of them is asked could not be known. */
export function findSameTargets(completions: readonly CompletionPlan[]): readonly Diagnostic[] {
  const first = new Map<string, CompletionPlan>();
  return completions
    .toSorted((a, b) => compareSpans(a.span, b.span))
    .flatMap((completion) => {
      const target = `${completion.of.name}.${completion.of.argument}`;
      const earlier = first.get(target);
      first.set(target, earlier ?? completion);
      if (!earlier) return [];
      const notes = [{ message: `\`${earlier.name}\` does so already`, span: earlier.span }];
      return [
        diagnostic("MG513", `\`${target}\` is completed twice`, {
          span: completion.span,
          notes,
          help: "remove one of them",
        }),
      ];
    });
}
