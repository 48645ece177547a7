/** A finished project → what to do next, and the lines that connect a client. */
import { join, relative } from "node:path";
import { commandsOf, type PackageManager } from "../model/project/package-manager.js";
import { shellWord } from "../model/shell.js";

export interface Finished {
  readonly name: string;
  /** Absolute. */
  readonly project: string;
  readonly cwd: string;
  readonly packageManager: PackageManager;
  readonly installed: boolean;
}

export function describeNextSteps({ name, project, cwd, packageManager, installed }: Finished): string {
  const folder = relative(cwd, project);
  const { install, script } = commandsOf(packageManager);
  const steps: readonly (readonly [string, string])[] = [
    ...(folder ? [[`cd ${shellWord(folder)}`, ""] as const] : []),
    ...(installed
      ? []
      : [[install, ""] as const, [script("build"), "type-check, and bundle to dist/server.js"] as const]),
    [script("test"), "call every tool through a real client"],
    [script("generate"), "after each change of a function in src/"],
    ["npx mcpgen install claude-code", "let a client start it: cursor, vscode and others, too"],
  ];
  const width = Math.max(...steps.map(([command]) => command.length));
  return [
    "Next:",
    ...steps.map(([command, note]) => `  ${note ? `${command.padEnd(width)}   ${note}` : command}`),
    "",
    "Or write it into the client's configuration by hand:",
    "",
    clientConfig(name, project),
    "",
  ].join("\n");
}

/** Clients start servers in a folder of their own choice: the path has to be absolute. */
export function clientConfig(name: string, project: string): string {
  const server = { command: "node", args: [join(project, "dist", "server.js")] };
  return JSON.stringify({ mcpServers: { [name]: server } }, undefined, 2);
}
