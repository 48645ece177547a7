/** `mcpgen dev` over a source that a test edits. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { emptySuite, writeText } from "../support/fixtures/workspace.js";
import { repository } from "../support/fixtures/cases.js";

export const mcpgen = join(repository, "bin/mcpgen.js");

export interface Developed {
  readonly folder: string;
  save(text: string): void;
  /** What it says on stderr. */
  hear(text: string): void;
  said(): string;
  /** Resolves when one more build of a saved text has come to its end, in a server or in an error. */
  built(): Promise<void>;
}

export function openSource(name: string): Developed {
  const folder = join(emptySuite(name), "project");
  writeText(join(folder, "package.json"), '{ "type": "module" }\n');
  let heard = "";
  let rounds = 0;
  return {
    folder,
    save: (text) => {
      writeText(join(folder, "src/tools.ts"), text);
    },
    hear: (text) => (heard += text),
    said: () => heard,
    built: async () => {
      rounds += 1;
      const count = () => heard.match(/ms after the change$|goes on$|tries again$/gm)?.length ?? 0;
      await expect.poll(count, { timeout: 60_000 }).toBeGreaterThanOrEqual(rounds);
    },
  };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Of its work folder, which has nothing but the bases of scaffold files when all is tidied up. */
export function leftIn(folder: string): readonly string[] {
  try {
    return readdirSync(join(folder, "server/.mcpgen")).filter((name) => name !== "base.json");
  } catch {
    return [];
  }
}

export function add({ body = "a + b", parameters = "a: number, b: number", comment = "Adds." }, more = ""): string {
  return `/** ${comment} */\nexport function add(${parameters}): number { return ${body}; }\n${more}`;
}

/** A request to listen, in the revision without a handshake. */
export function listenTo(id: number, ...kinds: readonly ("tools" | "prompts")[]) {
  return stateless(id, "subscriptions/listen", {
    notifications: Object.fromEntries(kinds.map((kind) => [`${kind}ListChanged`, true])),
  });
}

export function stateless(id: number, method: string, params: object = {}) {
  const meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  return { jsonrpc: "2.0", id, method, params: { ...params, _meta: meta } };
}

/** What is told of a change to whoever listens by this request. */
export function changeTold(id: number, kind: "tools" | "prompts") {
  return {
    jsonrpc: "2.0",
    method: `notifications/${kind}/list_changed`,
    params: { _meta: { "io.modelcontextprotocol/subscriptionId": id } },
  };
}

/** What a server never gets past; a compiler cannot tell. */
export const endless = "while (Date.now() > 0);\n";

/** With which process serves, and how to end it from within. */
export const processTools = `
/** The process. */
export function processId(): number { return process.pid; }
/** Crashes. */
export function crash(): void { process.kill(process.pid, "SIGKILL"); }
`;
