/** What create-mcp-server decides before it touches the disk: names, defaults, flags, files, next steps. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { defaultAnswers, nameProblem, projectName, templates } from "../../src/create/answers.js";
import { addGenerator, layoutProject } from "../../src/create/layout.js";
import { clientConfig, describeNextSteps } from "../../src/create/next-steps.js";
import { generatorEntries } from "../../src/cli/init/origin.js";
import { parseArguments } from "../../src/create/program.js";

const starters = join(import.meta.dirname, "../../templates/starters");

describe("names", () => {
  test.each(["a", "my-server", "weather_2", "x".repeat(64)])("%s is fine", (name) =>
    expect(nameProblem(name)).toBeUndefined(),
  );
  test.each(["", "My-Server", "2fast", "-x", ".hidden", "a b", "a/b", "café", "node_modules", "x".repeat(65)])(
    "`%s` is refused",
    (name) => {
      expect(nameProblem(name)).toBeDefined();
    },
  );
  test("a refused name is proposed in a legal form", () => {
    expect(nameProblem("My Server")).toMatch(/; `my-server` would do$/);
    expect(nameProblem("7 + 8")).not.toContain("would do");
  });

  test("the last part of a path, or the current folder's", () => {
    expect(projectName("servers/weather/", "/work")).toBe("weather");
    expect(projectName(".", "/work/here")).toBe("here");
  });
});

describe("flags", () => {
  test("only what was said", () => {
    expect(parseArguments([], "1.0.0")).toEqual({ given: {}, yes: false });
    expect(
      parseArguments(["x", "-t", "weather", "-p", "pnpm", "--sdk", "v2", "--no-git", "--install", "-y"], "1.0.0"),
    ).toEqual({
      given: { folder: "x", template: "weather", packageManager: "pnpm", sdk: "v2", git: false, install: true },
      yes: true,
    });
  });
  test("the package manager that runs us is the default", () => {
    expect(defaultAnswers("pnpm/10.1.0 npm/? node/v20.19.0 linux x64").packageManager).toBe("pnpm");
    expect(defaultAnswers("npm/11.0.0 node/v20.19.0").packageManager).toBe("npm");
    expect(defaultAnswers(undefined).packageManager).toBe("npm");
  });
});

describe("layout", () => {
  test.each(templates)("%s: functions, configuration, compiler options", (template) => {
    const files = layoutProject({ name: "x", template, sdk: "v1", starters });
    const paths = files.map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith("src/")).length).toBeGreaterThan(2);
    expect(paths.filter((path) => !path.startsWith("src/"))).toEqual(["mcpgen.json", "tsconfig.json"]);
    expect(JSON.parse(files[0]!.text)).toEqual({ name: "x", source: "src", out: "." });
  });
  test("the line of the SDK is written down where it is not the default", () => {
    expect(defaultAnswers(undefined).sdk).toBe("v1");
    const [configuration] = layoutProject({ name: "x", template: "minimal", sdk: "v2", starters });
    expect(JSON.parse(configuration!.text)).toEqual({ name: "x", source: "src", out: ".", sdk: "v2" });
  });
  test("the project calls the mcpgen that made it", () => {
    const published = generatorEntries(
      { folder: "/x/node_modules/mcpgen", version: "1.2.3", installed: true },
      "/work/a",
    );
    expect(published).toEqual({ script: "mcpgen build", devDependencies: { mcpgen: "1.2.3" } });
    const checkout = generatorEntries({ folder: "/work/mcpgen", version: "1.2.3", installed: false }, "/work/a");
    expect(checkout).toEqual({ script: `node "../mcpgen/bin/mcpgen.js" build`, devDependencies: {} });
  });
  test("and keeps everything else of its package.json", () => {
    const before = {
      name: "x",
      scripts: { test: "t", generate: "old" },
      dependencies: { zod: "4" },
      devDependencies: { typescript: "6" },
    };
    const after: unknown = JSON.parse(
      addGenerator(JSON.stringify(before), { script: "new", devDependencies: { mcpgen: "1" } }),
    );
    expect(after).toEqual({
      ...before,
      scripts: { test: "t", generate: "new" },
      devDependencies: { mcpgen: "1", typescript: "6" },
    });
  });
});

describe("next steps", () => {
  test("name the folder, and what is left to do", () => {
    const project = join("/work", "x");
    const base = { name: "x", project, cwd: "/work", packageManager: "npm" } as const;
    expect(describeNextSteps({ ...base, installed: false })).toMatch(/cd x\n.*npm install\n.*npm run build/);
    expect(describeNextSteps({ ...base, installed: true })).not.toContain("npm install");
    expect(describeNextSteps({ ...base, cwd: project, installed: true })).not.toContain("cd ");
  });
  test("give a client an absolute path", () => {
    const args = [join("/work", "x", "dist", "server.js")];
    expect(JSON.parse(clientConfig("x", join("/work", "x")))).toEqual({ mcpServers: { x: { command: "node", args } } });
  });
});
