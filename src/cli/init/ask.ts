/** Questions to a person, for what no flag has said. An absent answer: the person cancelled. */
import { confirm, groupMultiselect, isCancel, multiselect, select, text } from "@clack/prompts";
import type { SurveyedFunction } from "../../survey.js";
import { candidatesOf, groupByFile, nameOf } from "./choice.js";
import { describe } from "./listing.js";

export async function askSource(proposed: readonly string[]): Promise<string | undefined> {
  const other = "another folder, or a file";
  const options = [...proposed, other].map((value) => ({ value }));
  const answer = proposed.length === 0 ? other : await select({ message: "Where are the functions?", options });
  if (isCancel(answer)) return undefined;
  if (answer !== other) return answer;
  const named = await text({ message: "Folder or file of the functions?", validate: required });
  return isCancel(named) ? undefined : named;
}

export async function askOutput(proposed: string): Promise<string | undefined> {
  const answer = await text({ message: "Folder of the server project?", initialValue: proposed, validate: required });
  return isCancel(answer) ? undefined : answer;
}

export type Chosen =
  { readonly kind: "tagged" } | { readonly kind: "functions"; readonly functions: ReadonlySet<SurveyedFunction> };

export async function askFunctions(survey: readonly SurveyedFunction[], source: string): Promise<Chosen | undefined> {
  const how = await select({
    message: "Which functions are to be served?",
    options: [
      { value: "all", label: "all that can be" },
      { value: "files", label: "those of some files" },
      { value: "single", label: "some, one by one" },
      { value: "tagged", label: "those that I tag with `@tool`" },
    ],
  });
  if (isCancel(how)) return undefined;
  if (how === "tagged") return { kind: "tagged" };
  const served = candidatesOf(survey).filter(({ fate }) => fate === "served");
  if (how === "all") return { kind: "functions", functions: new Set(served) };
  const files = groupByFile(served, source);
  const functions = how === "files" ? await askFiles(files) : await askSingle(files);
  return functions && { kind: "functions", functions: new Set(functions) };
}

type Files = ReadonlyMap<string, readonly SurveyedFunction[]>;

async function askFiles(files: Files): Promise<readonly SurveyedFunction[] | undefined> {
  const options = [...files].map(([value, all]) => ({ value, hint: all.map(nameOf).join(", ") }));
  const answer = await multiselect({ message: "Which files?", options, required: true });
  return isCancel(answer) ? undefined : answer.flatMap((file) => files.get(file) ?? []);
}

async function askSingle(files: Files): Promise<readonly SurveyedFunction[] | undefined> {
  const options = Object.fromEntries(
    [...files].map(([file, all]) => [
      file,
      all.map((value) => ({ value, label: nameOf(value), hint: describe(value) })),
    ]),
  );
  const answer = await groupMultiselect({ message: "Which functions?", options, required: true });
  return isCancel(answer) ? undefined : answer;
}

/** An answer of no is one. */
export async function askWrite(): Promise<boolean> {
  const answer = await confirm({ message: "Write this, and build?" });
  return !isCancel(answer) && answer;
}

function required(value: string | undefined): string | undefined {
  return value ? undefined : "name one";
}
