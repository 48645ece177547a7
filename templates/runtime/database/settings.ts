// The environment → which database it is.
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSecretUrl } from "../lifecycle/url.js";

export type DatabaseSettings =
  | { readonly kind: "server"; readonly url: URL; readonly max: number }
  /** Without a folder it is gone when the process ends. */
  | { readonly kind: "embedded"; readonly folder: string | undefined };

type Environment = Readonly<Record<string, string | undefined>>;

const defaultConnections = 10;

/** Throws what whoever runs the server has to mend; never says what the URL is, as there may be a password in it. */
export function readSettings(environment: Environment): DatabaseSettings {
  const { DATABASE_URL: url = "", DATABASE_POOL_MAX: max = "", DATA_DIR: folder = "" } = environment;
  if (url !== "") return { kind: "server", url: readUrl(url), max: readMax(max) };
  if (folder === "memory://") return { kind: "embedded", folder: undefined };
  // Not the working folder: clients start servers from anywhere.
  return { kind: "embedded", folder: resolve(projectFolder(), folder || ".data") };
}

function readUrl(text: string): URL {
  const url = parseSecretUrl(text);
  if (url && /^postgres(?:ql)?:$/.test(url.protocol)) return url;
  throw new Error("DATABASE_URL is not like postgres://user:password@host:5432/database.");
}

function readMax(text: string): number {
  const max = text === "" ? defaultConnections : Number(text);
  if (Number.isInteger(max) && max > 0) return max;
  throw new Error(`DATABASE_POOL_MAX is ${JSON.stringify(text)}, not a number of connections.`);
}

/** The nearest one above this file, or above the bundle that it is part of, with a package.json. */
function projectFolder(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) return process.cwd();
  }
}
