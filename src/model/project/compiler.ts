/** How the user's own compiler reads the sources, as far as what is generated has to go by it. Paths are relative to the project root. */
import type { JsonObject } from "../json.js";

export interface CompilerModel {
  /** Absent where the project has none. */
  readonly tsconfig?: string;
  /** What decides which types generated code meets, as a tsconfig writes it: strictness, libraries, JSX. */
  readonly options: JsonObject;
  /** The names of `types`, `*` for all that are installed. */
  readonly types: readonly string[];
  /** Where the types of `types` are looked for first; empty is TypeScript's default. */
  readonly typeRoots: readonly string[];
  /** Aliases: a pattern, and where it leads. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  /** Files that declare global types. */
  readonly ambient: readonly string[];
  /** Names of the `const enum`s that are only declared, whose values the user's compiler writes where they are named; sorted. */
  readonly constants: readonly string[];
  /** Conditions of package exports beside the usual ones. */
  readonly conditions: readonly string[];
  /** Which TypeScript files the user's compiler makes CommonJS of; `by-package` is Node's rule. */
  readonly commonjs: "always" | "by-package" | "never";
  /** Decorators ask for the types of what they decorate, which TypeScript alone can tell them. */
  readonly metadata: boolean;
  /** `import * as x` of a CommonJS package is what the package exports, and can be called. */
  readonly namespaces: boolean;
  /** Options of the user's that no bundler knows say where imports lead. */
  readonly lookups: boolean;
  /** A link is where it stands, not what it leads to. */
  readonly symlinks?: true;
}
