/** What will be generated. Knows MCP; knows nothing of TypeScript syntax. */
import type { Definition, ExportReference, InputFile, ProviderModel, TypeKey } from "./api.js";
import type { ConfigMember } from "./config.js";
import type { FilledParameter, StepPlan } from "./filled.js";
import type { JsonValue } from "./json.js";
import type { Equipment, ProjectPlan } from "./project/project.js";
import type { SdkLine } from "./project/sdk-line.js";
import type { Span } from "./span.js";
import type { FormField, ObjectNode, TypeNode } from "./types.js";

export interface ServerPlan {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  /** Its name in the MCP registry; absent where it is not for that. */
  readonly registry?: string;
  /** Sorted by name, by code units: `tools/list` must not depend on file order. */
  readonly tools: readonly ToolPlan[];
  /** Sorted by name, as all that follow. */
  readonly resources: readonly ResourcePlan[];
  readonly prompts: readonly PromptPlan[];
  readonly completions: readonly CompletionPlan[];
  /** Absent where no function needs more than the server itself hands to each call. */
  readonly container?: ContainerPlan;
  readonly definitions: Readonly<Record<string, Definition>>;
  readonly inputs: readonly InputFile[];
  /** As in `ApiModel`. */
  readonly contracts: readonly string[];
  readonly project: ProjectPlan;
  readonly tokenBudget?: TokenBudget;
  /** The line of the official SDK that the tests connect their client from. */
  readonly sdk: SdkLine;
  /** Whether there is a typed client of the tools. */
  readonly hasClient: boolean;
  readonly equipment: Equipment;
}

/** What `tools/list` may cost a model, in tokens, and where that is said. */
export interface TokenBudget {
  readonly tokens: number;
  readonly span: Span | undefined;
}

/** A function as clients reach it, whatever its role: what it takes, what is around it, how it is called. */
export interface ServedPlan {
  /** Unique among those of its role. */
  readonly name: string;
  readonly title?: string;
  readonly description: string;
  /** In the order in which they are written; absent where there are none. */
  readonly icons?: readonly IconPlan[];
  /** The arguments: the root object of their schema. */
  readonly input: ObjectNode;
  readonly result: ResultPlan;
  /** Absent where only errors are told that say so themselves. */
  readonly errors?: ShownErrors;
  /** That a caller must hold, all of them, before any policy. */
  readonly scopes: readonly string[];
  /** In the one order, at most one of each kind. */
  readonly policies: readonly PolicyPlan[];
  readonly call: CallPlan;
  /** Parameters that `@from` fills; absent where there are none. */
  readonly filled?: readonly FilledParameter[];
  /** Parameters that other tools fill, in the order of the parameters; absent where there are none. */
  readonly steps?: readonly StepPlan[];
  readonly span: Span;
}

/** What clients draw beside a name (MCP 2025-11-25, Icon). */
export interface IconPlan {
  /** An https URL, or a `data:` URI of an image. */
  readonly src: string;
  /** Absent where neither the URI nor its ending says it. */
  readonly mimeType?: string;
  /** `48x48`, or `any`; absent where none is said. */
  readonly sizes?: readonly string[];
  /** The background that it is drawn for; any where absent. */
  readonly theme?: IconTheme;
}

export type IconTheme = "light" | "dark";

export interface ToolPlan extends ServedPlan {
  readonly annotations: Annotations;
  /** Arguments that clients repeat in headers; absent where there are none. */
  readonly headers?: readonly HeaderPlan[];
  /** Absent where the tool is for one call of the function. */
  readonly batch?: BatchPlan;
  /** Present where the function gives a stream. */
  readonly stream?: StreamPlan;
  /** Of `@example`s, for the tool's test. */
  readonly examples: readonly ToolExample[];
}

/** An argument of a call over HTTP that stands in the header `Mcp-Param-NAME` too (revision 2026-07-28). */
export interface HeaderPlan {
  readonly argument: string;
  readonly name: string;
}

/** A call as it stands in a comment. */
export interface ToolExample {
  readonly arguments: Readonly<Record<string, JsonValue>>;
  /** As JSON has it; absent where none is said. */
  readonly answer?: JsonValue;
}

/** What a client reads by its URI, or by one that fits its template: the arguments are the template's variables. */
export interface ResourcePlan extends ServedPlan {
  /** RFC 6570: `{name}`, `{+path}` and `{?a,b}`. */
  readonly uri: string;
  readonly isTemplate: boolean;
  readonly form: ResourceForm;
  /** What the form says by itself where it is absent. */
  readonly mimeType?: string;
}

/** `content`: the function makes the contents itself. */
export type ResourceForm = "text" | "blob" | "json" | "content";

/** What a person picks, with texts for its arguments; the result is what goes to the model. */
export type PromptPlan = ServedPlan;

/** Proposes values for one argument of a prompt, or one variable of a resource's template. */
export interface CompletionPlan extends ServedPlan {
  readonly of: { readonly kind: "prompt" | "resource"; readonly name: string; readonly argument: string };
  /** The argument that takes what has been typed so far; the others are what has been given before. */
  readonly value: string;
}

/** All that the server calls. */
export function servedBy({
  tools,
  resources,
  prompts,
  completions,
}: Pick<ServerPlan, "tools" | "resources" | "prompts" | "completions">): readonly ServedPlan[] {
  return [...tools, ...resources, ...prompts, ...completions];
}

/** The tool takes several items, each of which is a call of the function in its policies. */
export interface BatchPlan {
  /** The arguments of one call. */
  readonly item: ObjectNode;
  /** Of one call. */
  readonly result: ResultPlan;
  readonly max: number;
  readonly concurrency: number;
  /** Items that are the same are one call. */
  readonly coalesces: boolean;
}

/** The tool delivers a stream: a page of it for each call, as much of it as one answer may hold, or a link to all of it. */
export type StreamPlan = PagePlan | CollectionPlan | SpoolPlan;

interface DeliveredPlan {
  /** The function's own arguments. */
  readonly input: ObjectNode;
  /** Of one item. */
  readonly result: ResultPlan;
  /** How many items an answer may have. */
  readonly max: number;
  /** And how many bytes of JSON these. */
  readonly maxBytes: number;
}

export interface PagePlan extends DeliveredPlan {
  readonly mode: "page";
  /** How many items a page has that says nothing of it. */
  readonly size: number;
  /** For how long the stream waits for its next page: `5m`. */
  readonly ttl: string;
  /** Present where a stream that is not there any more can begin again. */
  readonly reopen?: ReopenPlan;
}

export interface ReopenPlan {
  /** A member of each item. */
  readonly key: string;
  /** The argument that takes it, which clients do not see. */
  readonly after: string;
}

export interface CollectionPlan extends DeliveredPlan {
  readonly mode: "collect";
}

export interface SpoolPlan extends DeliveredPlan {
  readonly mode: "resource";
  /** For how long the resource can be read: `5m`. */
  readonly ttl: string;
  readonly format: SpoolFormat;
}

/** A line for each item, or one array of them. */
export type SpoolFormat = "ndjson" | "json";

/** Its answers are links to what it has spooled, which clients read as resources. */
export function isSpooled({ stream }: Pick<ToolPlan, "stream">): boolean {
  return stream?.mode === "resource";
}

/** One thing that is wrapped around calls. */
export interface PolicyLayer {
  /** The runtime's function that makes it. */
  readonly kind: string;
  /** The file of that function in the runtime's `policies`. */
  readonly module: string;
  /** What readers call it. */
  readonly title: string;
  /** The tag that asks for it. */
  readonly tag: string;
}

export interface PolicyPlan extends PolicyLayer {
  /** As the runtime's function takes them. */
  readonly options: Readonly<Record<string, PolicyOption>>;
}

export type PolicyOption = string | number | readonly string[];

/** MCP's tool annotations; only what is known is set. */
export interface Annotations {
  readonly readOnlyHint?: boolean;
  readonly destructiveHint?: boolean;
  readonly idempotentHint?: boolean;
  readonly openWorldHint?: boolean;
}

/** Whose messages clients are told: of all that the function throws, or of classes by their names. */
export type ShownErrors = "messages" | readonly string[];

/** How a return value becomes a `CallToolResult` (DESIGN §2.4). */
export type ResultPlan =
  /**
   * `structuredContent`, the same as text, and an `outputSchema`. `type` is what the function returns; `wrapped` the
   * object that it is the member `result` of, where it is no JSON object itself.
   */
  | { readonly kind: "structured"; readonly type: TypeNode; readonly wrapped?: ObjectNode }
  /** JSON as text; a bare string is the text itself. */
  | { readonly kind: "text"; readonly type: TypeNode }
  | { readonly kind: "empty" }
  /** MCP content: passed through. */
  | { readonly kind: "content" }
  /** Bytes that `@mimeType` calls an image, audio or a file. */
  | { readonly kind: "media"; readonly type: TypeNode; readonly mimeType: string };

/** `callee(...arguments)`, in the function's own parameter order. */
export interface CallPlan {
  readonly callee: ExportReference;
  /** It is called in a thread of its own, of the runtime's pool. */
  readonly worker?: true;
  /** Of a class's method, what it is called on. */
  readonly instance?: DependencyArgument;
  readonly arguments: readonly ArgumentPlan[];
  /** How many are always given; the call ends with the last of the others that is there. Absent where all are given. */
  readonly always?: number;
}

export type ArgumentPlan =
  /** The whole argument object: a single object parameter whose properties are the arguments. */
  | { readonly kind: "all"; readonly cast: boolean; readonly completed?: Completion }
  | { readonly kind: "argument"; readonly name: string; readonly cast: boolean; readonly completed?: Completion }
  /** Spread: an absent rest argument is no argument at all. */
  | { readonly kind: "rest"; readonly name: string; readonly cast: boolean; readonly optional: boolean }
  /** `absence`: what becomes of a call without one, if that is not undefined. Only a caller can be missing. */
  | {
      readonly kind: "contract";
      readonly contract: ContractPlan;
      readonly absence?: "refused" | "null";
      readonly part?: CallerPart;
      /** Of an `Elicit`: what it asks for, and the parameter that it is handed to. */
      readonly form?: FormPlan;
      /** Of a `Tool`: the parameter that it is handed to. */
      readonly tool?: string;
    }
  /**
   * What the container made: `name` is an entry's. `orNull`: the provider may give null, which means absent. `member`:
   * not the whole of it.
   */
  | {
      readonly kind: "dependency";
      readonly name: string;
      readonly orNull?: true;
      readonly cast?: true;
      readonly member?: string;
    }
  | { readonly kind: "constant"; readonly value: JsonValue; readonly cast: boolean }
  /** Optional, and nothing provides it; or only what the server puts into it. */
  | { readonly kind: "absent"; readonly completed?: Completion };

/** What the server puts into an object beside what the client has sent: `{ ...options, signal }`. */
export interface Completion {
  readonly contract: ContractPlan;
  readonly members: readonly string[];
}

/** What of the server's own an argument is, or holds. */
export function contractsIn(argument: ArgumentPlan): readonly ContractPlan[] {
  if (argument.kind === "contract") return [argument.contract];
  return "completed" in argument ? [argument.completed.contract] : [];
}

/** Of a `Caller`: its id, what stands at the path in it, or all of it; checked against the type when a call comes. */
export type CallerPart =
  | { readonly kind: "id"; readonly cast: boolean }
  | {
      readonly kind: "checked";
      readonly parameter: string;
      readonly path: readonly string[];
      readonly type: TypeNode;
      readonly cast: boolean;
    }
  /** All of it, its claims checked against the type. */
  | { readonly kind: "claims"; readonly parameter: string; readonly type: TypeNode; readonly cast: boolean };

/** The form of an `Elicit<T>`. */
export interface FormPlan {
  readonly parameter: string;
  readonly fields: readonly FormField[];
}

/** What the server itself hands over. */
export interface ContractPlan {
  /** Its type's. */
  readonly name: string;
  /** Of the runtime's `Contracts`. */
  readonly member: string;
  /** Of what is one for all calls, which singletons may hold on to: its module is a file of the runtime. */
  readonly source?: ExportReference;
}

/** What is built for tools, each entry after all that it needs. */
export interface ContainerPlan {
  readonly entries: readonly DependencyPlan[];
}

export interface DependencyPlan {
  /** An identifier, unique among the entries: a member of `Dependencies`. */
  readonly name: string;
  readonly key: TypeKey;
  /** `singleton`: at start, once. `request`: once per call, for the tools that need it. */
  readonly scope: "singleton" | "request";
  /** Entries of one scope and one group need nothing of each other: they are made concurrently. From 0, without gaps. */
  readonly group: number;
  readonly source: DependencySource;
  readonly guard?: GuardPlan;
  /** The function that makes it, or the type that is read; absent where that is the runtime's. */
  readonly span?: Span;
}

/** Policies around each call of these methods, which answer with promises. */
export interface GuardPlan {
  readonly methods: readonly string[];
  readonly policies: readonly PolicyPlan[];
}

/** `reference(...arguments)`, in the function's own parameter order. */
export interface DependencySource {
  /**
   * `runtime`: the module of the reference is a file of the runtime, `database/provide.ts`. `lease`: what the
   * reference makes is lent by the pool that is its one argument. `config`: the reference is a type, which is read
   * from the environment before anything is made.
   */
  readonly kind: "provider" | "runtime" | "lease" | "config";
  readonly reference: ExportReference;
  readonly form: ProviderModel["form"];
  /** `new reference(...arguments)`. */
  readonly isClass?: true;
  readonly arguments: readonly DependencyArgument[];
  readonly mock?: MockPlan;
  /** Not one is made but a pool of them. */
  readonly pool?: PoolPlan;
  /** Of a `config`. */
  readonly members?: readonly ConfigMember[];
}

/** What stands in for what the runtime makes, in tests. */
export interface MockPlan {
  /** A file of the runtime. */
  readonly module: string;
  readonly export: string;
  /** The expression that makes it, for a test that says nothing more of it. */
  readonly make: string;
}

export interface PoolPlan {
  /** The entry that is lent from it. */
  readonly lends: string;
  readonly options: Readonly<Record<string, PolicyOption>>;
}

/** What a provider is called with: what belongs to one call only in the scope `request`. */
export type DependencyArgument = Extract<ArgumentPlan, { kind: "contract" | "dependency" | "absent" }>;
