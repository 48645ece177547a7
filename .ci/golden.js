// One golden fixture: `npm run golden -- NAME` compares it, `npm run golden:record -- NAME` records what it gives now, if
// that type-checks and answers its calls. Without a name, all of them.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const words = process.argv.slice(2);
const records = words.includes("--record");
const names = words.filter((word) => !word.startsWith("--"));

const unknown = names.filter((name) => !existsSync(join(root, "fixtures", name)));
if (unknown.length > 0) {
  process.stderr.write(`error: there is no folder fixtures/${unknown.join(", fixtures/")}\n`);
  process.exit(2);
}

const chosen = names.length === 0 ? [] : ["-t", `^golden (${names.join("|")})$${records ? "|^recording " : ""}`];
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const { status } = spawnSync(
  process.execPath,
  [vitest, "run", "-c", ".ci/vitest.config.js", "test/golden.test.ts", ...chosen],
  { cwd: root, stdio: "inherit", env: { ...process.env, ...(records && { UPDATE_GOLDEN: "1" }) } },
);
process.exitCode = status ?? 1;
