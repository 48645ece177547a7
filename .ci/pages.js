// `npm run pages`: front matter and examples of docs/diagnostics, from the catalog and the fixtures, and docs/contracts.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const { status } = spawnSync(
  process.execPath,
  [vitest, "run", "-c", ".ci/vitest.config.js", "test/diagnostic-pages.test.ts", "test/contract-pages.test.ts"],
  { cwd: root, stdio: "inherit", env: { ...process.env, UPDATE_DOCS: "1" } },
);
process.exitCode = status ?? 1;
