/** What there is to say about a type that the server gives to functions: where it comes from, what having and calling it means. */
import type { ExportReference } from "../../model/api.js";
import type { EffectKind } from "../../model/effects.js";
import type { MockPlan } from "../../model/plan.js";
import type { Equipment } from "../../model/project/project.js";

interface InjectedRow {
  /**
   * What calling its methods does, by interface and method: `Lock.run`, or `Lock.*` for all that are not listed, its
   * own and those of what it returns. What has no entry may do anything.
   */
  readonly effects: Readonly<Record<string, MethodEffect>>;
  /** What a function makes of it may depend on who calls. */
  readonly readsCaller?: true;
  /** Who has it may keep results under tags of any name. */
  readonly givesTags?: true;
  /** A fixture that takes it; the page of a type of mcpgen's shows its source. */
  readonly fixture: string;
}

/** `pure`: nothing. `statement`: what the SQL that it is called with does. */
export type MethodEffect = EffectKind | "pure" | "statement";

/** What the server itself hands over: a member of the runtime's `Contracts`. */
export type ContractRow = InjectedRow & Scope & OfContract;

/** Of one call, or one for all of them: that is where the runtime has it, and singletons may hold on to it. */
type Scope = { readonly scope: "call" } | { readonly scope: "server"; readonly source: ExportReference };

interface OfContract {
  /** `language`: a type of the language's own or of Node.js's. */
  readonly package: "mcpgen" | "language";
  readonly member: string;
  /** A call may be without it; it is refused where the parameter takes neither undefined nor null. */
  readonly mayMiss?: true;
  /** What a server has whose functions take it. */
  readonly equips: readonly (keyof Pick<Equipment, "client" | "sessions">)[];
}

/** What the runtime makes, once for the server, where the source has no provider of its own. */
export interface BuiltInRow extends InjectedRow {
  /** The package that declares the type, and the name it has there. */
  readonly package: string;
  readonly type: string;
  /** What it is called in the container, if that is free. */
  readonly entry: string;
  /** In templates/runtime. */
  readonly module: string;
  /** A function without parameters. */
  readonly export: string;
  /** A `generator` yields once: what stands behind its `yield` is the cleanup. */
  readonly form: "value" | "generator";
  readonly mock?: MockPlan;
  /** Those that a server without it does not read. */
  readonly variables: readonly ServerVariable[];
}

/** An environment variable that the runtime reads. */
export interface ServerVariable {
  readonly name: string;
  /** In templates/runtime: a server that has this file takes notice of it. */
  readonly usedBy: string;
  readonly docs: string;
  /** Of what the server does not start without. */
  readonly required?: true;
  readonly secret?: true;
  /** What holds where it is not set. */
  readonly default?: string;
}
