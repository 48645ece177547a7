/** What `mcpgen upgrade` says of the files that are the user's. */
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { basePath, printBases, readBases } from "../../src/write/base.js";
import { runMcpgen } from "../support/fixtures/process.js";
import { emptySuite, writeText } from "../support/fixtures/workspace.js";

const folder = join(emptySuite("upgrade"), "project");
const upgrade = (...args: readonly string[]) => runMcpgen({ cwd: folder }, "upgrade", ...args);

/** As if an older mcpgen had written it: the base and the file say so. */
function age(path: string, now: string, before: string): void {
  const file = join(folder, "server", path);
  writeFileSync(file, readFileSync(file, "utf8").replace(now, before));
  const bases = [...readBases(join(folder, "server"))].map(([of, [text]]): readonly [string, string] => [
    of,
    of === path ? text.replace(now, before) : text,
  ]);
  writeFileSync(join(folder, "server", basePath), printBases(new Map(bases)));
}

test("merged, kept, written, conflict", { timeout: 60_000 }, () => {
  writeText(join(folder, "package.json"), '{ "type": "module" }\n');
  writeText(join(folder, "src/a.ts"), "/** Adds. */\nexport const add = (a: number, b: number): number => a + b;\n");
  expect(runMcpgen({ cwd: folder }, "build", "src", "--out", "server")).toMatchObject({ status: 0 });
  expect(upgrade().stdout).toContain("up to date");

  age(
    "package.json",
    /"zod": ".*"/.exec(readFileSync(join(folder, "server/package.json"), "utf8"))?.[0] ?? "",
    '"zod": "1.0.0"',
  );
  appendFileSync(join(folder, "server/Dockerfile"), "# mine\n");
  const merged = upgrade();
  expect(merged).toMatchObject({ status: 0, stderr: "" });
  expect(merged.stdout).toMatch(/package\.json +merged/);
  expect(merged.stdout).toMatch(/Dockerfile +kept as you have it/);
  expect(readFileSync(join(folder, "server/package.json"), "utf8")).not.toContain("1.0.0");

  age("README.md", "An MCP server.", "A server.");
  const readme = join(folder, "server/README.md");
  writeFileSync(readme, readFileSync(readme, "utf8").replace("A server.", "My server."));
  const conflict = upgrade("--json");
  expect(conflict.status).toBe(1);
  const { scaffold, diagnostics } = JSON.parse(conflict.stdout) as { scaffold: unknown; diagnostics: unknown };
  expect(scaffold).toEqual([
    { path: "Dockerfile", fate: "kept" },
    { path: "README.md", fate: "conflict" },
  ]);
  expect(diagnostics).toMatchObject([{ code: "MG613" }]);
  expect(readFileSync(readme, "utf8")).toContain("My server.");
  expect(upgrade()).toMatchObject({ status: 0, stderr: "" });
});
