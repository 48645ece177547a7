/** What the libraries of hosts are driven by: each is asked in its own way, and what it gives is brought to one form. */

export interface Library {
  /** Installed together: the library and what it asks for, at exact versions that run on Node.js 20. */
  readonly packages: readonly [library: string, ...others: string[]];
  readonly connect: (load: Load, server: Server) => Promise<Host>;
  /** What its users cannot do with it, and why. */
  readonly lacks: Readonly<Partial<Record<Part, string>>>;
  /** What it says of wrong arguments where it reads the schema itself and does not send them. */
  readonly refusal?: string;
  /** What it makes of right answers that models get otherwise from others. */
  readonly remarks?: readonly string[];
}

/** Imports a package of the folder that the libraries are installed in. */
export type Load = (name: string) => Promise<unknown>;

export type Server =
  | { readonly kind: "stdio"; readonly command: string; readonly args: readonly string[]; readonly cwd: string }
  | { readonly kind: "http"; readonly url: string };

export interface Host {
  /** As the model is offered them. */
  readonly listTools: () => Promise<readonly Tool[]>;
  readonly call: (name: string, given: Readonly<Record<string, unknown>>) => Promise<Answer>;
  /** Their URIs. */
  readonly listResources?: () => Promise<readonly string[]>;
  readonly listTemplates?: () => Promise<readonly string[]>;
  /** The text of its first content. */
  readonly readResource?: (uri: string) => Promise<string | undefined>;
  readonly listPrompts?: () => Promise<readonly string[]>;
  /** The text of its first message. */
  readonly getPrompt?: (name: string, given: Readonly<Record<string, string>>) => Promise<string | undefined>;
  readonly close: () => Promise<void>;
}

export type Part = Exclude<keyof Host, "listTools" | "call" | "close">;

export interface Tool {
  readonly name: string;
  readonly description?: string | undefined;
}

export interface Answer {
  /** Absent where the library does not tell a failed result from another. */
  readonly isError?: boolean;
  readonly text: string;
  readonly structured?: unknown;
  /** In base64. */
  readonly image?: string;
}

/** The protocol's own result of a call, which some libraries hand on as it is. */
export interface CallResult {
  readonly content: readonly Content[];
  readonly structuredContent?: unknown;
  readonly isError?: boolean;
}

interface Content {
  readonly type: string;
  readonly text?: string;
  readonly data?: string;
}

export function readResult({ content, structuredContent, isError = false }: CallResult): Answer {
  const image = content.find(({ type }) => type === "image")?.data;
  const text = content.map((part) => part.text ?? "").join("");
  return { isError, text, structured: structuredContent, ...(image !== undefined && { image }) };
}

/** What is needed of the client of the official SDK, which two libraries hand out. */
export interface SdkClient {
  readonly listResourceTemplates: () => Promise<{ readonly resourceTemplates: readonly Template[] }>;
  readonly readResource: (given: { readonly uri: string }) => Promise<Contents>;
  readonly listPrompts: () => Promise<{ readonly prompts: readonly Named[] }>;
  readonly getPrompt: (given: {
    readonly name: string;
    readonly arguments: Readonly<Record<string, string>>;
  }) => Promise<Messages>;
}

export interface Named {
  readonly name: string;
}

export interface Resource {
  readonly uri: string;
}

export interface Template {
  readonly uriTemplate: string;
}

export interface Contents {
  readonly contents: readonly { readonly text?: string }[];
}

export interface Messages {
  readonly messages: readonly { readonly content: { readonly text?: string } }[];
}

export function askPrompts(client: SdkClient): Required<Pick<Host, "listPrompts" | "getPrompt">> {
  return {
    listPrompts: async () => (await client.listPrompts()).prompts.map(({ name }) => name),
    getPrompt: async (name, given) => (await client.getPrompt({ name, arguments: given })).messages[0]?.content.text,
  };
}
