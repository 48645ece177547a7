// The configurations of a container, all read before anything else is made: what is wrong with any of them is one
// message.
import type { Opening } from "../container/scope.js";
import type { ConfigDefinition, Members, ValueOf } from "./define.js";
import { readConfig } from "./read.js";

type Definitions = Readonly<Record<string, ConfigDefinition<Members>>>;

type Opened<Given extends Definitions> = { [Name in keyof Given]: ValueOf<Given[Name]["members"]> };

export function openConfigs<Given extends Definitions>(open: Opening, definitions: Given): Opened<Given> {
  const problems: string[] = [];
  const opened = Object.entries(definitions).map(([name, definition]) => [
    name,
    open.value(name, () => {
      const read = readConfig(definition, process.env);
      problems.push(...read.problems);
      return read.value;
    }),
  ]);
  if (problems.length > 0) throw new Error(describeProblems(problems));
  return Object.fromEntries(opened) as Opened<Given>;
}

function describeProblems(problems: readonly string[]): string {
  const count = problems.length === 1 ? "a setting is" : `${String(problems.length)} settings are`;
  return [
    `The server cannot start: ${count} missing or wrong.`,
    ...problems.map((problem) => `  ${problem}`),
    "Set them in the environment or, in development, in a file .env beside package.json, as .env.example shows.",
  ].join("\n");
}
