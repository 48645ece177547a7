/** What a build is asked to do: command line over `mcpgen.json` over defaults. Absolute paths, resolved once, in `load.ts`. */
import type { Acceptance } from "../diagnostics/accept.js";
import type { ClientName } from "../model/clients.js";
import type { PackageManager } from "../model/project/package-manager.js";
import type { TokenBudget } from "../model/plan.js";
import type { SdkLine } from "../model/project/sdk-line.js";
import type { PolicySize } from "../model/policy-sizes.js";
import type { Span } from "../model/span.js";

/** An entry of `functions`, and where it stands in mcpgen.json; of the command line, nowhere. */
export interface ChosenEntry {
  readonly text: string;
  readonly span: Span | undefined;
}

export interface Config {
  /** Where the paths in models, messages and generated comments start: the folder of mcpgen.json, else the nearest above the source with a package.json or tsconfig.json, else the source's parent. */
  readonly root: string;
  readonly source: string;
  /** Files and folders of the source: what stands beside them is not read. Absent where all of it is. */
  readonly parts?: readonly string[];
  readonly output: string;
  /** The server's name, used for a new package.json. */
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  /** The server's name in the MCP registry; absent where it is not for that. */
  readonly registry?: string;
  /** `all`: every exported function is a tool; `tagged`: only those with `@tool`. */
  readonly expose: "all" | "tagged";
  /** How tool names are made from function names. */
  readonly naming: "as-is" | "snake_case" | "file_function";
  /** Globs relative to the source; matching files are not read as sources of tools. */
  readonly exclude: readonly string[];
  /** Where each of them stands in mcpgen.json; of those of the command line, nowhere. */
  readonly excludePlaces: readonly (Span | undefined)[];
  /** Entries such as `orders.ts` and `orders.ts#cancel`: what is served, where that is not all. */
  readonly functions?: readonly ChosenEntry[];
  /** Whether what can be served is written although some functions cannot. */
  readonly keepGoing: boolean;
  /** Warnings that may stay. */
  readonly accept: readonly Acceptance[];
  /** Whose limits are checked; at least one. */
  readonly clients: readonly ClientName[];
  readonly tokenBudget?: TokenBudget;
  /** Which results are structured content beside their text: objects and lists, all that functions return, or none. */
  readonly structured: "objects" | "all" | "none";
  /** What clients are told of errors that do not say it themselves: a general sentence, or their messages. */
  readonly errors: "closed" | "messages";
  /** The line of the official SDK that the tests connect their client from. */
  readonly sdk: SdkLine;
  /** Whether there is a typed client of the tools, for those who call the server from TypeScript. */
  readonly client: boolean;
  /** Whether the server carries OpenTelemetry. */
  readonly telemetry: boolean;
  /** Whether the server measures its calls; absent where the tools decide. */
  readonly metrics?: boolean;
  /** Whether clients have sessions over HTTP; absent where the tools decide. */
  readonly sessions?: boolean;
  /** Whether the server can check who calls it over HTTP; absent where the functions decide. */
  readonly auth?: boolean;
  readonly policySizes: readonly PolicySize[];
  readonly packageManager: PackageManager;
  /** The project has mcpgen among its packages. */
  readonly hasMcpgen?: true;
  /** The folder of the workspace that the root is a part of, else the root. */
  readonly workspace: string;
  /** The tsconfig to read the source with: the one named, else the nearest at or above the source; absent when there is none. */
  readonly tsconfig?: string;
}
