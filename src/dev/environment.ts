/** What a server finds in its environment: in development a file .env in its folder adds what is not set there. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** As `templates/runtime/lifecycle/dotenv.ts` reads it for the server, which tells of a file that cannot be read. */
export function readEnvironment(output: string): Readonly<Record<string, string | undefined>> {
  if (process.env["NODE_ENV"] === "production") return process.env;
  try {
    return { ...parseEnv(readFileSync(join(output, ".env"), "utf8").replace(/^\uFEFF/, "")), ...process.env };
  } catch {
    return process.env;
  }
}
