/**
 * What the user wrote: functions, parameters, types, docs, places. Plain data without a TypeScript
 * node in it, and without a word of MCP.
 */
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { CompilerModel } from "./project/compiler.js";
import type { ConfigMember } from "./config.js";
import type { Effect } from "./effects.js";
import type { JsonValue } from "./json.js";
import type { Origins } from "./origins.js";
import type { Result } from "./result.js";
import type { Span } from "./span.js";
import type { FormField, TypeNode } from "./types.js";

export interface ApiModel {
  /** Sorted by module path, then by place in the file. */
  readonly functions: readonly FunctionModel[];
  /** Sorted as `functions`. */
  readonly providers: readonly ProviderModel[];
  readonly candidates: readonly CandidateModel[];
  /** Types tagged `@config` that a parameter or a provider names. */
  readonly configs: readonly ConfigModel[];
  readonly bindings: readonly BindingModel[];
  readonly sets: readonly SetModel[];
  /** By `keyId` of a type that nothing provides: what providers make that is assignable to it. */
  readonly assignable: Readonly<Record<string, readonly TypeKey[]>>;
  /** By `stepId`: what one function gives and another does not take, though `@from` says so. */
  readonly misfits: Readonly<Record<string, StepMisfit>>;
  /** Named recursive types, by the name that references use. */
  readonly definitions: Readonly<Record<string, Definition>>;
  /** By name, all recursive types that were met, needed or not: what it is called and where; empty where it has no such name. */
  readonly recursive: Readonly<Record<string, string>>;
  /** The files that the analysis read and whose change can change the result. */
  readonly inputs: readonly InputFile[];
  /** The names that the sources import from "mcpgen", sorted; `*` where they take all of it. */
  readonly contracts: readonly string[];
  readonly compiler: CompilerModel;
}

/** Both types, as TypeScript writes them: the one is not assignable to the other. */
export interface StepMisfit {
  readonly gives: string;
  readonly takes: string;
}

export interface Definition {
  readonly type: TypeNode;
  readonly description?: string;
  readonly origins?: Origins;
}

/** `text` is absent for files whose identity is enough (a package's declarations: `name@version`). */
export interface InputFile {
  /** Relative to the project root, forward slashes. */
  readonly path: string;
  readonly hash: string;
}

/** What an exported function is to clients, as its tags say; without one of them it is a tool. */
export type Role = "tool" | "resource" | "prompt" | "completion";

export interface FunctionModel {
  readonly role: Role;
  /** The name it is exported under; for a default export, the function's own name. */
  readonly name: string;
  readonly reference: ExportReference;
  /** The function's name in its declaration: the smallest place that stands for it. */
  readonly span: Span;
  readonly docs: Docs;
  readonly parameters: readonly ParameterModel[];
  readonly result: Servable;
  /** Identity of a result that JSON cannot carry: as a provider, the function would give it to others. */
  readonly makes?: TypeKey;
  /** It gives a stream, and the result is one item of it. */
  readonly streams?: true;
  readonly isAsync: boolean;
  /** Of its `description`, and of the `type` of its result. */
  readonly origins?: Origins;
  /** Of each kind the first that is met. */
  readonly effects: readonly Effect[];
  /** It is a method of a class: the instance that it is called on. */
  readonly instance?: DependencyModel;
}

/** How generated code imports what was written. */
export interface ExportReference {
  /** Relative to the project root, with its TypeScript extension: `src/orders.ts`. */
  readonly module: string;
  /** The exported name, or `default`. */
  readonly export: string;
  /** Of a class or an object that is exported, the method. */
  readonly member?: string;
}

export interface ParameterModel {
  readonly name: string;
  readonly span: Span;
  readonly type: Servable;
  /** Identity of the declared type, for injection; absent for anonymous types and primitives. */
  readonly key?: TypeKey;
  /** A `?`, a default initialiser, or `undefined` in the type. */
  readonly optional: boolean;
  /** `null` is in the type. */
  readonly nullable?: true;
  /** The tags of its `@param` line that constrain a value, for who must not have any. */
  readonly constraints?: readonly Pick<DocTag, "name" | "span">[];
  /** An optional element of a rest parameter's tuple: a call may end before it, and the function sees that. */
  readonly leavable?: true;
  readonly rest: boolean;
  /** A literal default initialiser. */
  readonly default?: JsonValue;
  /** There is a default initialiser, and its value is not known here. */
  readonly computedDefault?: true;
  readonly description?: string;
  /** True for `{ a, b }`: the parameter has no name of its own. */
  readonly destructured: boolean;
  /** And no comment gives it one. */
  readonly unnamed?: true;
  /** It is optional and JSON cannot carry it: the warning, should nothing provide it. */
  readonly leftOut?: Diagnostic;
  /** Optional members of its object that are the call's `AbortSignal`: no client sends them. */
  readonly signals?: readonly string[];
  /** Of an `Elicit<T>`: the fields of `T`, and what no form can carry. */
  readonly form?: Result<readonly FormField[]>;
  /** Of a `Caller<T>`: `T`, and what no token can carry. Absent where any claims will do. */
  readonly claims?: Result<TypeNode>;
  /** Of a `Tool<typeof f>`. */
  readonly use?: ToolUse;
  readonly origins?: Origins;
}

/** A function that another one calls as the tool that it is. */
export interface ToolUse {
  /** Absent for a type that belongs to no one function. */
  readonly name?: string;
  /** Absent where it is none that is exported. */
  readonly callee?: ExportReference;
  /** TypeScript finds the type circular: what it is called with is not known. */
  readonly circular?: true;
  /** What it is called with, as TypeScript has it. */
  readonly takes: readonly {
    readonly text: string;
    readonly optional: boolean;
    readonly rest: boolean;
    /** The parameters of the function that would take it, by their position. */
    readonly fits: readonly number[];
  }[];
}

/** A type that JSON can carry, or the diagnostics that say which member cannot be. */
export type Servable =
  | { readonly kind: "servable"; readonly type: TypeNode }
  | { readonly kind: "unservable"; readonly text: string; readonly diagnostics: readonly Diagnostic[] };

/**
 * Identity of a type: its declared symbol, after imports and aliases are followed, and its type
 * arguments. Two types with one shape and two declarations have two keys.
 */
export interface TypeKey {
  readonly name: string;
  /** `mcpgen`, a package name, `typescript` for the language's and Node.js's globals, `node:http`, or a module path of the project. */
  readonly module: string;
  readonly arguments: readonly TypeKey[];
}

export interface Docs {
  /** Summary and body, as Markdown, without tags; empty when there is none. */
  readonly text: string;
  readonly tags: readonly DocTag[];
}

export interface DocTag {
  /** Without the `@`. */
  readonly name: string;
  readonly text: string;
  readonly span: Span;
}

/** A function or a class that makes a dependency. One that is refused is here as well: what it makes is not missing. */
export interface ProviderModel {
  readonly name: string;
  readonly reference: ExportReference;
  /** The function's name in its declaration. */
  readonly span: Span;
  readonly parameters: readonly DependencyModel[];
  /** Identity of what it makes, out of promise and generator. */
  readonly produces: TypeKey;
  /** A `generator` is asynchronous and yields once: what stands behind its `yield` is the cleanup. */
  readonly form: "value" | "promise" | "generator";
  /** What it may make instead: `null` where that is among it. */
  readonly nullable: false | "undefined" | "null";
  readonly scope: "singleton" | "request";
  readonly tags: readonly DocTag[];
  /** Of what it makes: the methods that answer with a promise, by code units; read only where a tag is about them. */
  readonly asyncMethods: readonly string[];
  /** It is a class, and makes its instances. */
  readonly isClass?: true;
  /** It is a provider only because something needs it. */
  readonly implied?: true;
  /** The analysis has reported an error in it. */
  readonly refused?: true;
}

/** An exported class that could be a provider and is none. */
export interface CandidateModel {
  readonly key: TypeKey;
  /** The class's name in its declaration. */
  readonly span: Span;
}

/** A type tagged `@config`: read from the environment. */
export interface ConfigModel {
  readonly key: TypeKey;
  /** The type's name in its declaration. */
  readonly span: Span;
  readonly members: readonly ConfigMember[];
  /** The analysis has reported an error in it. */
  readonly refused?: true;
}

/** `bind<Interface, Concrete>()`: what provides the one is given for the other. */
export interface BindingModel {
  readonly span: Span;
  readonly interface: TypeKey;
  readonly concrete: TypeKey;
}

/** `const name = providers(…)`. */
export interface SetModel {
  readonly name: string;
  readonly span: Span;
  /** The functions in it and in the sets in it. */
  readonly members: readonly ExportReference[];
}

/** A parameter of a provider: always injected. */
export interface DependencyModel {
  readonly name: string;
  readonly span: Span;
  /** Absent where the type has no identity, which the analysis has reported. */
  readonly key?: TypeKey;
  /** A `?`, a default initialiser, or `undefined` in the type. */
  readonly optional: boolean;
  /** `null` is in the type. */
  readonly nullable?: true;
  /** Of a provider's `Caller<T>`: `T`, and what no token can carry. Absent where any claims will do. */
  readonly claims?: Result<TypeNode>;
}
