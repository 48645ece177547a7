/** The generated project as a whole: where it stands, and what its server carries. */
import type { CompilerModel } from "./compiler.js";
import type { PackageManager } from "./package-manager.js";

/** Where the output stands in relation to the source; all paths relative, forward slashes. */
export interface ProjectPlan {
  /** From the output folder to the project root (where `ApiModel` paths start): `..`. */
  readonly rootFromOutput: string;
  /** The source folder relative to the project root. */
  readonly source: string;
  /** The output folder relative to the project root. */
  readonly output: string;
  /** From the output folder to the folder that a container is built from: the root, or that of the workspace around it. */
  readonly context: string;
  /** The output folder relative to that one. */
  readonly place: string;
  readonly packageManager: PackageManager;
  /** The project around it has mcpgen among its packages: that one rebuilds the output. */
  readonly hasMcpgen?: true;
  readonly compiler: CompilerModel;
}

/** What the server carries beside its tools: the runtime's files for it are copied only where it is true. */
export interface Equipment {
  /** A context for each call: a function takes something of the server, or has policies. */
  readonly calls: boolean;
  /** A function that takes only its arguments can meet failures of the system, the network or a package: not all do nothing but compute. */
  readonly failures: boolean;
  readonly metrics: boolean;
  /** Over HTTP a client has a session, in which it can be told apart and can cancel what it asked. */
  readonly sessions: boolean;
  /** Over HTTP arguments stand in headers too. */
  readonly headers: boolean;
  /** A function takes a `Context`, an `Elicit` or a `Sample`, by which it can ask its client something or tell it something beside its answer. */
  readonly client: boolean;
  /** OpenTelemetry. */
  readonly telemetry: boolean;
  /** Over HTTP callers say who they are, by tokens of an authorization server. */
  readonly auth: boolean;
}
