/** `mcpgen build --fix` makes the edits that MG114 and MG118 name: the user's own compiler, tests and linter no longer see the output. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repository } from "../support/fixtures/cases.js";
import { runMcpgen, runNode } from "../support/fixtures/process.js";
import { emptyPlace, emptySuite } from "../support/fixtures/workspace.js";
import { writeFiles } from "../support/folder.js";
import { askMcpgen } from "../support/resident/ask.js";

const folder = emptyPlace("fix");

test("a tsconfig that includes the output excludes it, and keeps its comments", { timeout: 60_000 }, () => {
  writeFiles(folder, {
    "package.json": `{ "name": "fix", "private": true, "type": "module" }`,
    "tsconfig.json": `{
  // Ours since the first day.
  "compilerOptions": { "target": "es2016", "module": "nodenext", "strict": true, "types": [], "noEmit": true },
  "exclude": ["dist"]
}
`,
    "src/add.ts": "/** Adds. */\nexport function add(a: number, b: number): number {\n  return a + b;\n}\n",
  });
  const place = { cwd: folder };
  expect(askMcpgen(place, "build", "src").stderr).toContain("MG114");
  const tsc = join(repository, "node_modules/typescript/bin/tsc");
  expect(runNode(place, tsc).status).not.toBe(0);

  const fixed = runMcpgen(place, "build", "src", "--fix");
  expect(fixed).toMatchObject({ status: 0, stderr: "" });
  expect(fixed.stdout).toContain("fixed tsconfig.json");
  const text = readFileSync(join(folder, "tsconfig.json"), "utf8");
  expect(text).toContain("// Ours since the first day.");
  expect(text.replace(/\s+/g, " ")).toMatch(/"exclude": \[ ?"dist", "server" ?\]/);
  expect(runNode(place, tsc)).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(askMcpgen(place, "build", "src")).toMatchObject({ status: 0, stderr: "" });
});

describe("the project's own tests and linter", () => {
  const add = "/** Adds. */\nexport function add(a: number, b: number): number {\n  return a + b;\n}\n";
  const base = {
    "package.json": `{ "name": "host", "private": true, "type": "module", "devDependencies": { "vitest": "4.1.12" } }\n`,
    "src/add.ts": add,
    "test/own.test.ts": `import { test } from "vitest";\ntest("own", () => undefined);\n`,
  };
  const bin = (name: string) => join(repository, "node_modules", name);

  function hostOf(name: string, files: Readonly<Record<string, string>>) {
    const cwd = join(emptySuite(`fix-${name}`), "host");
    writeFiles(cwd, { ...base, ...files });
    return { cwd };
  }

  test(
    "vitest is told of the line, and runs the tests of the project alone once it is there",
    { timeout: 90_000 },
    () => {
      const vitest = (line: string) => `import { configDefaults, defineConfig } from "vitest/config";
export default defineConfig({ test: { environment: "node", exclude: [${line}] } });
`;
      const place = hostOf("vitest", { "vitest.config.ts": vitest("...configDefaults.exclude") });
      const line = 'exclude: [...configDefaults.exclude, "server/**"]';
      expect(askMcpgen(place, "build", "src").stderr).toContain(`in \`test\`, ${line}`);
      const listed = () => runNode(place, bin("vitest/vitest.mjs"), "list", "--filesOnly").stdout;
      expect(listed()).toContain("server/test/");
      // A program is the user's to edit, and is not run.
      expect(askMcpgen(place, "build", "src", "--fix").stderr).toContain("MG118");
      writeFiles(place.cwd, { "vitest.config.ts": vitest('...configDefaults.exclude, "server/**"') });
      expect(askMcpgen(place, "build", "src")).toMatchObject({ status: 0, stderr: "" });
      expect(listed().trim()).toBe("test/own.test.ts");
      expect(askMcpgen(place, "build", "src").stdout).toContain("up to date");
    },
  );

  test("eslint is told of the line, and lints nothing of the output once it is there", { timeout: 90_000 }, () => {
    const eslint = (ignores: string) => `export default [{ rules: { "no-undef": "error" } }${ignores}];\n`;
    const place = hostOf("eslint", { "eslint.config.js": eslint("") });
    expect(askMcpgen(place, "build", "src").stderr).toContain('a further entry { ignores: ["server/**"] }');
    const linted = () => runNode(place, bin("eslint/bin/eslint.js"), "--format", "json", ".").stdout;
    expect(linted()).toContain("server/build.mjs");
    writeFiles(place.cwd, { "eslint.config.js": eslint(', { ignores: ["server/**"] }') });
    expect(linted()).not.toContain("server/");
    expect(askMcpgen(place, "build", "src").stderr).not.toContain("eslint");
  });

  test("settings in JSON and lists of lines are mended", { timeout: 90_000 }, () => {
    const place = hostOf("json", {
      "package.json": `{ "name": "host", "private": true, "jest": { "testTimeout": 1000 } }\n`,
      ".eslintignore": "dist",
    });
    expect(askMcpgen(place, "build", "src", "--json").stdout.match(/"code": "MG118"/g)).toHaveLength(2);
    const fixed = askMcpgen(place, "build", "src", "--fix");
    expect(fixed).toMatchObject({ status: 0, stderr: "" });
    for (const name of ["package.json", ".eslintignore"]) expect(fixed.stdout).toContain(`fixed ${name}`);
    expect(readFileSync(join(place.cwd, ".eslintignore"), "utf8")).toBe("dist\nserver/\n");
    const { jest } = JSON.parse(readFileSync(join(place.cwd, "package.json"), "utf8")) as { jest: unknown };
    expect(jest).toEqual({ testTimeout: 1000, testPathIgnorePatterns: ["/node_modules/", "<rootDir>/server/"] });
    expect(askMcpgen(place, "build", "src")).toMatchObject({ status: 0, stderr: "" });
    expect(askMcpgen(place, "build", "src").stdout).toContain("up to date");
  });

  test("a package with the name of the settings is not taken for them", { timeout: 90_000 }, () => {
    const devDependencies = { jest: "^29.0.0" };
    const manifest = JSON.stringify({ name: "host", private: true, devDependencies }, undefined, 2);
    const place = hostOf("named", { "package.json": manifest });
    expect(askMcpgen(place, "build", "src").stderr).toContain("package.json:1:1");
  });

  test("a config that appears is seen", { timeout: 90_000 }, () => {
    const place = hostOf("appears", { "package.json": `{ "name": "host", "private": true }\n` });
    expect(askMcpgen(place, "build", "src")).toMatchObject({ status: 0, stderr: "" });
    expect(askMcpgen(place, "build", "src").stdout).toContain("up to date");
    writeFiles(place.cwd, { "vitest.config.js": "export default {};\n" });
    expect(askMcpgen(place, "build", "src").stderr).toContain("MG118");
  });
});
