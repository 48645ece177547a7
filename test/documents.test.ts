/**
 * What CONTRIBUTING.md and docs/ say is there is there: files, scripts, fixtures, code, links. A recipe is a list of at
 * most five steps; a decision has its four parts and stands in the list of them.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixtures, repository } from "./support/fixtures/cases.js";
import { readBlocks } from "./support/readme.js";

const read = (path: string): string => readFileSync(join(repository, path), "utf8");
const decisions = readdirSync(join(repository, "docs/decisions")).toSorted();
const documents = [
  ...["CONTRIBUTING.md", "SECURITY.md", "fixtures/README.md", "src/README.md"],
  ...decisions.map((name) => `docs/decisions/${name}`),
];

describe("CONTRIBUTING.md", () => {
  const text = read("CONTRIBUTING.md");
  // Blocks within a list are indented.
  const blocks = readBlocks(text.replace(/^ {3}/gm, ""));
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

  test("every block is of a kind that is checked", () => {
    expect(blocks.length).toBe((text.match(/^ *```/gm) ?? []).length / 2);
    expect(blocks.filter(({ language }) => language !== "sh" && language !== "ts")).toEqual([]);
  });

  const commands = blocks.filter(({ language }) => language === "sh").flatMap((block) => block.text.trim().split("\n"));
  test.each(commands)("%s", (command) => {
    const [, script, name] = /^npm (?:run )?(\S+)(?: -- (\S+))?$/.exec(command) ?? [];
    if (script !== "ci") expect(Object.keys(scripts)).toContain(script);
    if (name !== undefined) expect(existsSync(join(fixtures, name))).toBe(true);
  });

  test.each(blocks.filter(({ language }) => language === "ts"))("the code is the code's: $text", (block) => {
    const [first = "", ...rest] = block.text.trim().split("\n");
    const lines = read(first.replace("// ", "")).split("\n");
    for (const line of rest) expect(lines.map((each) => each.trim())).toContain(line.trim());
  });

  test("every command within a sentence runs a script or a file that is there", () => {
    const named = [...text.matchAll(/`(npm (?:run )?[^`]+|(?:bash|node) [^`]+)`/g)].map(([, command = ""]) => command);
    expect(named.length).toBeGreaterThan(5);
    for (const command of named) {
      const [program, first = "", second = ""] = command.split(" ");
      const script = first === "run" ? second : first;
      if (program === "npm") expect(Object.keys(scripts)).toContain(script);
      else expect([command, existsSync(join(repository, first))]).toEqual([command, true]);
    }
  });

  test("a name that is said to be in a file is in it", () => {
    const named = [...text.matchAll(/`([A-Za-z]+)`[^`.:]* (?:in|of) `((?:src|test|templates)\/[\w/-]+\.ts)`/g)];
    expect(named.length).toBeGreaterThan(3);
    const missing = named.filter(([, name = "", file = ""]) => !new RegExp(`\\b${name}\\b`).test(read(file)));
    expect(missing.map(([found]) => found)).toEqual([]);
  });

  test("each recipe has at most five steps", () => {
    const recipes = text.split(/^## /m).filter((section) => section.startsWith("How to add "));
    expect(recipes.length).toBe(6);
    for (const recipe of recipes) {
      const steps = [...recipe.matchAll(/^(\d)\. /gm)].map(([, number]) => Number(number));
      expect(steps).toEqual(steps.map((_, index) => index + 1));
      expect(steps.length).toBeLessThanOrEqual(5);
    }
  });
});

describe.each(documents)("%s", (path) => {
  const text = read(path);

  test("names files that are there", () => {
    const named = [...text.matchAll(/`((?:src|test|templates|fixtures|docs|bin|\.ci)\/[\w./-]+)`/g)];
    expect(named.map(([, file = ""]) => file).filter((file) => !existsSync(join(repository, file)))).toEqual([]);
  });

  test("links lead somewhere", () => {
    const links = [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link = ""]) => link);
    const own = links.filter((link) => !/^\w+:/.test(link));
    expect(own.filter((link) => !existsSync(join(repository, dirname(path), link)))).toEqual([]);
  });
});

describe("decisions", () => {
  const names = decisions.filter((name) => name !== "README.md");

  test("are numbered without a gap, and listed", () => {
    const numbers = names.map((_, index) => String(index + 1).padStart(3, "0"));
    expect(names.map((name) => name.slice(0, 3))).toEqual(numbers);
    const titles = names.map((name) => /^# (\d{3}): (.*)$/m.exec(read(`docs/decisions/${name}`)) ?? []);
    const rows = names.map((name, index) => `- [${numbers[index] ?? ""}](${name}): ${titles[index]?.[2] ?? ""}`);
    expect(read("docs/decisions/README.md")).toContain(rows.join("\n"));
  });

  test.each(names)("%s has its four parts, and their order", (name) => {
    const headings = [...read(`docs/decisions/${name}`).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(["Context", "Decision", "Cost", "When to revisit"]);
  });
});

describe("the public project", () => {
  const packages = ["package.json", "bin/create-mcp-server/package.json"].map(
    (path) =>
      JSON.parse(read(path)) as { repository: { url: string }; bugs: string; homepage: string; version: string },
  );
  const address = packages[0]?.repository.url.replace(/^git\+|\.git$/g, "") ?? "";

  test("has one address and one version", () => {
    for (const {
      repository: { url },
      bugs,
      homepage,
      version,
    } of packages) {
      expect([url, bugs, homepage]).toEqual([`git+${address}.git`, `${address}/issues`, `${address}#readme`]);
      expect(version).toBe(packages[0]?.version);
    }
  });

  test.each(["SECURITY.md", ".github/ISSUE_TEMPLATE/config.yml"])("%s leads to that address", (path) => {
    const links = read(path).match(/https:\/\/github\.com\/[\w./-]+/g) ?? [];
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !link.startsWith(`${address}/`))).toEqual([]);
  });

  test.each(["wrong-output", "not-served"])("the form %s asks for a source and for what mcpgen says of it", (name) => {
    const form = read(`.github/ISSUE_TEMPLATE/${name}.yml`);
    expect(form).toContain("mcpgen explain --json");
    expect(form).toContain("A small source");
  });

  test("workflows run files and scripts that are there", () => {
    const texts = readdirSync(join(repository, ".github/workflows")).map((name) => read(`.github/workflows/${name}`));
    const files = texts.join("\n").match(/(?:\.ci|test)\/[\w./-]+/g) ?? [];
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((file) => !existsSync(join(repository, file)))).toEqual([]);
  });
});

test("each pattern in the README's table has its section or page, and its fixture", () => {
  const readme = read("README.md");
  const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(
    ([, text = ""]) => `#${text.toLowerCase().replace(/ /g, "-")}`,
  );
  const rows = [...readme.matchAll(/^\| P(\d+) .*\]\(([^)]+)\) +\| \[([\w-]+)\]\(fixtures\/\3\) +\|$/gm)];
  const numbers = rows.map(([, number]) => Number(number));
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
  expect(numbers).toHaveLength((readme.match(/^\| P\d+ /gm) ?? []).length);
  const shown = new Set(rows.map(([, , , fixture]) => fixture));
  expect(readdirSync(fixtures).filter((name) => name.startsWith("pattern-") && !shown.has(name))).toEqual([]);
  for (const [, , told = "", fixture = ""] of rows) {
    expect(
      told.startsWith("#")
        ? headings
        : readdirSync(join(repository, "docs/contracts")).map((name) => `docs/contracts/${name}`),
    ).toContain(told);
    expect(existsSync(join(fixtures, fixture, "calls.json"))).toBe(true);
  }
});
