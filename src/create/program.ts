/** argv → the flags that were given. Commander's definitions and nothing else. */
import { Command, Option } from "commander";
import { packageManagers } from "../model/project/package-manager.js";
import { sdkLines } from "../model/project/sdk-line.js";
import { templates, type Answers } from "./answers.js";

export interface Request {
  readonly given: Partial<Answers>;
  /** Ask nothing: defaults for whatever was not given. */
  readonly yes: boolean;
}

const examples = `
Examples:
  create-mcp-server                                    ask for everything
  create-mcp-server my-server --template weather       ask for the rest
  create-mcp-server my-server --yes                    ask for nothing

Without a terminal nothing is asked, as with --yes. An existing folder has to be empty.
`;

/** Throws a \`CommanderError\` for wrong usage, \`--help\` and \`--version\`. */
export function parseArguments(argv: readonly string[], version: string): Request {
  const command = new Command("create-mcp-server")
    .description(
      "Starts an MCP server project: a folder of plain TypeScript functions, and the server that mcpgen makes of them.",
    )
    .argument("[name]", "folder of the new project, and its name")
    .addOption(new Option("-t, --template <name>", "functions to start from").choices(templates))
    .addOption(new Option("-p, --package-manager <name>", "who installs the dependencies").choices(packageManagers))
    .addOption(new Option("--sdk <line>", "the official SDK whose client the tests connect").choices(sdkLines))
    .option("--git", "start a git repository")
    .option("--no-git", "start no git repository")
    .option("--install", "install the dependencies and build the server")
    .option("--no-install", "write the files only")
    .option("-y, --yes", "ask nothing, take the defaults")
    .version(version, "-v, --version")
    .addHelpText("after", examples)
    .allowExcessArguments(false)
    .exitOverride()
    .parse(argv, { from: "user" });
  const { yes = false, ...options } = command.opts<Partial<Answers> & { yes?: boolean }>();
  const [folder] = command.args;
  return { given: { ...options, ...(folder !== undefined && { folder }) }, yes };
}
