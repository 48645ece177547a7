/** The flags that were given → all answers, by asking a person for the rest. */
import { confirm, intro, isCancel, select, text } from "@clack/prompts";
import { packageManagers } from "../model/project/package-manager.js";
import { nameProblem, projectName, type Answers } from "./answers.js";

/** Undefined: the person cancelled. Nothing has been written so far. */
export async function askQuestions(
  given: Partial<Answers>,
  defaults: Omit<Answers, "folder">,
  cwd: string,
): Promise<Answers | undefined> {
  intro("create-mcp-server");
  const folder = given.folder ?? (await askFolder(cwd));
  if (isCancel(folder)) return undefined;
  const template = given.template ?? (await askTemplate(defaults));
  if (isCancel(template)) return undefined;
  const packageManager = given.packageManager ?? (await askPackageManager(defaults));
  if (isCancel(packageManager)) return undefined;
  const sdk = given.sdk ?? (await askSdk(defaults));
  if (isCancel(sdk)) return undefined;
  const git = given.git ?? (await confirm({ message: "Start a git repository?", initialValue: defaults.git }));
  if (isCancel(git)) return undefined;
  const install =
    given.install ??
    (await confirm({ message: `Install with ${packageManager} and build?`, initialValue: defaults.install }));
  if (isCancel(install)) return undefined;
  return { folder, template, packageManager, sdk, git, install };
}

function askFolder(cwd: string) {
  return text({
    message: "Name of the project?",
    placeholder: "my-server",
    defaultValue: "my-server",
    // Clack applies the default after validation: an empty answer is fine.
    validate: (value) => (value ? nameProblem(projectName(value, cwd)) : undefined),
  });
}

function askTemplate(defaults: Omit<Answers, "folder">) {
  return select<Answers["template"]>({
    message: "Which functions to start from?",
    initialValue: defaults.template,
    options: [
      { value: "minimal", label: "minimal", hint: "two pure functions" },
      { value: "weather", label: "weather", hint: "an HTTP API, with a stand-in that works offline" },
    ],
  });
}

function askPackageManager(defaults: Omit<Answers, "folder">) {
  return select<Answers["packageManager"]>({
    message: "Which package manager?",
    initialValue: defaults.packageManager,
    options: packageManagers.map((value) => ({ value })),
  });
}

function askSdk(defaults: Omit<Answers, "folder">) {
  return select<Answers["sdk"]>({
    message: "Which line of the official SDK do the tests connect a client of?",
    initialValue: defaults.sdk,
    options: [
      { value: "v1", label: "v1", hint: "the revisions up to 2025-11-25, as most hosts speak them" },
      { value: "v2", label: "v2", hint: "these, and 2026-07-28" },
    ],
  });
}
