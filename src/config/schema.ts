/** The shape of mcpgen.json. The JSON schema that editors complete from is printed from this one at build time. */
import { z } from "zod";
import { policySizesSchema } from "./policy-schema.js";
import { clientNames } from "../model/clients.js";
import { sdkLines } from "../model/project/sdk-line.js";

/** What npm accepts as a package name: the generated package.json carries it. */
const packageName = /^(?:@[a-z0-9-][a-z0-9-._]*\/)?[a-z0-9-][a-z0-9-._]*$/;

/** What the MCP registry accepts as the name of a server. */
const registryName = /^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/;

export const settingsSchema = z.strictObject({
  $schema: z.string().describe("Where the schema of this file is, for editors.").optional(),
  source: z.string().min(1).describe("The folder of exported functions, relative to this file.").optional(),
  out: z
    .string()
    .min(1)
    .describe("The folder of the generated project, relative to this file.")
    .default("server")
    .optional(),
  name: z
    .string()
    .max(214)
    .regex(packageName, "a package name: lower-case letters, digits, `-`, `.` and `_`")
    .describe("The server's name, used in a new package.json and told to clients.")
    .optional(),
  title: z.string().min(1).describe("The server's name as people read it.").optional(),
  description: z.string().min(1).describe("What the server is for, in a sentence.").optional(),
  registry: z
    .string()
    .max(200)
    .regex(registryName, "a name in reverse-DNS form with one slash, such as `io.github.USER/NAME`")
    .describe(
      "The server's name in the MCP registry, such as io.github.USER/NAME: with it the project has a server.json, and package.json says whose it is.",
    )
    .optional(),
  expose: z
    .enum(["all", "tagged"])
    .describe("`all`: every exported function is a tool. `tagged`: only functions with a `@tool` tag.")
    .default("all")
    .optional(),
  naming: z
    .enum(["as-is", "snake_case", "file_function"])
    .describe(
      "How tool names are made from function names. `file_function`: in snake_case, with the file's name before it, where several files have functions of one name.",
    )
    .default("as-is")
    .optional(),
  exclude: z
    .array(z.string().min(1))
    .describe("Globs relative to the source; functions of matching files are not served.")
    .default([])
    .optional(),
  functions: z
    .array(z.string().min(1))
    .min(1)
    .describe(
      "The functions that are served, where not all are: globs relative to the source, or `file.ts#name` for one function. Providers are found wherever they are.",
    )
    .optional(),
  accept: z
    .array(
      z.union(
        [z.string(), z.strictObject({ code: z.string(), files: z.array(z.string().min(1)).min(1) })],
        'a code such as "MG504", or { "code": "MG504", "files": ["legacy/**"] }',
      ),
    )
    .describe(
      'Codes of warnings that may stay: they are counted, and told with --verbose. { "code": "MG504", "files": ["legacy/**"] } accepts those of some files; globs are relative to the source.',
    )
    .default([])
    .optional(),
  clients: z
    .array(z.enum(clientNames))
    .min(1)
    .describe(
      "The clients that the server is for: their limits on names, descriptions and numbers of tools are checked.",
    )
    .default([...clientNames])
    .optional(),
  tokenBudget: z
    .int()
    .min(1)
    .describe("The tokens that all tools together may cost a model at every turn; more is an error.")
    .optional(),
  structured: z
    .enum(["objects", "all", "none"])
    .describe(
      "Which results are structured content beside their text, with an output schema. `objects`: objects, and lists as `{ result: [...] }`. `all`: strings, numbers and all others, too. `none`: text alone.",
    )
    .default("objects")
    .optional(),
  errors: z
    .enum(["closed", "messages"])
    .describe(
      "What clients are told of errors that do not say it themselves. `closed`: a general sentence, or the message where the function's `@throws` names the class. `messages`: their messages, without stack and cause.",
    )
    .default("closed")
    .optional(),
  keepGoing: z
    .boolean()
    .describe("Whether what can be served is written although some functions cannot; these are named by each build.")
    .default(false)
    .optional(),
  policies: policySizesSchema
    .describe('By tool: overrides of the policies in its tags, such as { "getUser": { "cache": { "ttl": "1m" } } }.')
    .optional(),
  metrics: z
    .boolean()
    .describe(
      "Whether the server measures its calls, for /metrics. Default: where a function has policies or takes something of the server.",
    )
    .optional(),
  sessions: z
    .boolean()
    .describe(
      "Whether clients have sessions over HTTP. Default: where a function takes a Context or an AbortSignal; without sessions any replica answers any request.",
    )
    .optional(),
  auth: z
    .boolean()
    .describe(
      "Whether the server carries authorization over HTTP: bearer tokens of the issuer in MCP_AUTH_ISSUER. Default: where a function has `@requires` or cannot do without a Caller.",
    )
    .optional(),
  sdk: z
    .enum(sdkLines)
    .describe(
      "The line of the official SDK that the tests of the project connect their client from. Servers need neither, and speak every revision of the protocol to clients of both.",
    )
    .default("v1")
    .optional(),
  client: z
    .boolean()
    .describe(
      "Whether the project has generated/client.ts: the tools as typed methods, for those who call the server from TypeScript.",
    )
    .default(false)
    .optional(),
  telemetry: z
    .boolean()
    .describe("Whether the server carries OpenTelemetry, which it loads when OTEL_EXPORTER_OTLP_ENDPOINT is set.")
    .default(false)
    .optional(),
  tsconfig: z
    .string()
    .min(1)
    .describe(
      "The tsconfig to read the source with, relative to this file. Default: the nearest at or above the source.",
    )
    .optional(),
});

export type Settings = z.infer<typeof settingsSchema>;

/** JSON schema of the file as it is written: defaults are optional there. */
export function settingsJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(settingsSchema, { io: "input" }), title: "mcpgen.json" };
}
