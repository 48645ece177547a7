/**
 * The applications whose configuration `mcpgen install` writes, a row each: where their file is, under which key it has its
 * servers, and what an entry looks like.
 */
import { join } from "node:path";
import type { JsonValue } from "../../model/json.js";

export const scopes = ["project", "user"] as const;
export type Scope = (typeof scopes)[number];

/** What decides where the files of a user are. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** Absolute. */
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export type Entry = Readonly<Record<string, JsonValue>>;

/** How an entry has a variable whose value is not in the file. */
export type Asking =
  /** It cannot: the user writes the value into the entry. */
  | { readonly kind: "none" }
  /** A text that stands for the variable in the environment of the client. */
  | { readonly kind: "reference"; readonly write: (variable: string) => string }
  /** The client asks the user once, and keeps the answer: an element of `inputs`, to which the text refers by its id. */
  | { readonly kind: "input"; readonly write: (id: string) => string }
  /** A list of the variables that the server is handed from the environment of the client. */
  | { readonly kind: "forward"; readonly field: string };

export interface ClientRow {
  /** As its users call it. */
  readonly title: string;
  readonly format: "json" | "toml";
  /** The member that holds the servers by name. */
  readonly key: string;
  /** Relative to the project's root, forward slashes; absent where it has no file for a project. */
  readonly project?: string;
  /** Absolute. */
  readonly user: (machine: Machine) => string;
  /** What an entry has beside `command`, `args` and `env`. */
  readonly stdio: Entry;
  /** Absent where its file names no servers that are reached over HTTP. */
  readonly http?: (url: string) => Entry;
  readonly asking: Asking;
  /** What its user does then. */
  readonly next: string;
}

export const clients = {
  /** https://modelcontextprotocol.io/docs/develop/connect-local-servers; servers with a URL are added in its settings. */
  "claude-desktop": {
    title: "Claude Desktop",
    format: "json",
    key: "mcpServers",
    user: (machine) => join(applicationData(machine), "Claude", "claude_desktop_config.json"),
    stdio: {},
    asking: { kind: "none" },
    next: "Quit Claude Desktop and start it again.",
  },
  /** https://code.claude.com/docs/en/mcp: scopes, `${VAR}` in `env`. */
  "claude-code": {
    title: "Claude Code",
    format: "json",
    key: "mcpServers",
    project: ".mcp.json",
    user: ({ home }) => join(home, ".claude.json"),
    stdio: { type: "stdio" },
    http: (url) => ({ type: "http", url }),
    asking: { kind: "reference", write: (variable) => `\${${variable}}` },
    next: "Start Claude Code here, and approve the server: `/mcp` shows it.",
  },
  /** https://cursor.com/docs/mcp: both files, `${env:NAME}` in `env`. */
  cursor: {
    title: "Cursor",
    format: "json",
    key: "mcpServers",
    project: ".cursor/mcp.json",
    user: ({ home }) => join(home, ".cursor", "mcp.json"),
    stdio: {},
    http: (url) => ({ url }),
    asking: { kind: "reference", write: (variable) => `\${env:${variable}}` },
    next: "Switch the server on in Cursor's settings, under MCP.",
  },
  /** https://code.visualstudio.com/docs/agents/reference/mcp-configuration: `servers`, `inputs`, `type`. */
  vscode: {
    title: "VS Code",
    format: "json",
    key: "servers",
    project: ".vscode/mcp.json",
    user: (machine) => join(applicationData(machine), "Code", "User", "mcp.json"),
    stdio: { type: "stdio" },
    http: (url) => ({ type: "http", url }),
    asking: { kind: "input", write: (id) => `\${input:${id}}` },
    next: "Run `MCP: List Servers` in VS Code, and start the server.",
  },
  /** https://docs.windsurf.com/windsurf/cascade/mcp: one file, `serverUrl`, `${env:NAME}`. */
  windsurf: {
    title: "Windsurf",
    format: "json",
    key: "mcpServers",
    user: ({ home }) => join(home, ".codeium", "windsurf", "mcp_config.json"),
    stdio: {},
    http: (url) => ({ serverUrl: url }),
    asking: { kind: "reference", write: (variable) => `\${env:${variable}}` },
    next: "Refresh the MCP servers of Cascade.",
  },
  /** https://zed.dev/docs/ai/mcp: `context_servers`; of a project, https://github.com/zed-industries/zed/issues/62829. */
  zed: {
    title: "Zed",
    format: "json",
    key: "context_servers",
    project: ".zed/settings.json",
    user: zedSettings,
    stdio: {},
    http: (url) => ({ url }),
    asking: { kind: "none" },
    next: "Zed starts the server by itself: its settings show it, under AI, MCP Servers.",
  },
  /** https://developers.openai.com/codex/mcp: the table, `env_vars`, and the file of a project that is trusted. */
  codex: {
    title: "Codex",
    format: "toml",
    key: "mcp_servers",
    project: ".codex/config.toml",
    user: ({ home, environment }) => join(environment["CODEX_HOME"] || join(home, ".codex"), "config.toml"),
    stdio: {},
    http: (url) => ({ url }),
    asking: { kind: "forward", field: "env_vars" },
    next: "Start Codex: `/mcp` shows the server. It reads the file of a project that it trusts.",
  },
  /** https://geminicli.com/docs/tools/mcp-server: `httpUrl`, `$VAR` or `${VAR}` in `env`. */
  gemini: {
    title: "Gemini CLI",
    format: "json",
    key: "mcpServers",
    project: ".gemini/settings.json",
    user: ({ home }) => join(home, ".gemini", "settings.json"),
    stdio: {},
    http: (url) => ({ httpUrl: url }),
    asking: { kind: "reference", write: (variable) => `\${${variable}}` },
    next: "Start Gemini CLI: `/mcp` shows the server.",
  },
} satisfies Record<string, ClientRow>;

export type ClientId = keyof typeof clients;

/** In the order in which they are shown. */
export const clientIds = Object.keys(clients) as readonly ClientId[];

export function clientRow(id: ClientId): ClientRow {
  return clients[id];
}

export function isClient(word: string): word is ClientId {
  return Object.hasOwn(clients, word);
}

/** Where applications keep what is their user's. */
function applicationData({ platform, home, environment }: Machine): string {
  if (platform === "win32") return environment["APPDATA"] || join(home, "AppData", "Roaming");
  if (platform === "darwin") return join(home, "Library", "Application Support");
  return environment["XDG_CONFIG_HOME"] || join(home, ".config");
}

/** https://zed.dev/docs/configuring-zed; on macOS as on Linux. */
function zedSettings(machine: Machine): string {
  if (machine.platform === "win32") return join(applicationData(machine), "Zed", "settings.json");
  return join(applicationData({ ...machine, platform: "linux" }), "zed", "settings.json");
}
