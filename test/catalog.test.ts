/** Nothing that mcpgen can say or fill in goes untested: codes, and what its templates are filled with. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Handlebars from "handlebars";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { catalog, type DiagnosticCode } from "../src/diagnostics/catalog.js";
import { repository } from "./support/fixtures/cases.js";

/** What no folder of source and configuration can bring about, and the test that does. */
const elsewhere: Partial<Record<DiagnosticCode, string>> = {
  MG113: "unit/config.test.ts",
  ...{ MG550: "cli/install.test.ts", MG551: "cli/install.test.ts", MG552: "unit/install.test.ts" },
  ...{ MG553: "cli/install.test.ts", MG554: "cli/install.test.ts", MG555: "cli/install.test.ts" },
  MG604: "regenerate.test.ts",
  MG606: "write/apply.test.ts",
  MG608: "write/apply.test.ts",
  MG609: "cli/commands.test.ts",
  MG610: "create/project.test.ts",
  MG611: "cli/commands.test.ts",
  MG612: "cli/commands.test.ts",
  MG614: "write/compare.test.ts",
  MG615: "write/compare.test.ts",
  MG620: "surface/diff.test.ts",
  MG901: "cli/commands.test.ts",
};

describe("codes", () => {
  const codes = Object.keys(catalog) as DiagnosticCode[];
  const recorded = readRecorded();

  test("each is reported by a fixture, or by the test that is named here", () => {
    const silent = codes.filter((code) => !recorded.includes(` ${code}: `) && !isTestedElsewhere(code));
    expect(silent).toEqual([]);
  });

  test("none is listed here without need", () => {
    expect(Object.keys(elsewhere).filter((code) => recorded.includes(` ${code}: `))).toEqual([]);
  });

  test("fixtures know no others", () => {
    const reported = [...recorded.matchAll(/^(?:error|warning) (MG\d{3}): /gm)].map(([, code = ""]) => code);
    expect(reported.length).toBeGreaterThan(codes.length / 2);
    expect([...new Set(reported)].filter((code) => !(code in catalog))).toEqual([]);
  });

  test("each speaks in the same manner", () => {
    const poor = codes.filter((code) => {
      const { title, help = "" } = catalog[code];
      return /[.!]$|please/i.test(title) || /[.!]$|please/i.test(help);
    });
    expect(poor).toEqual([]);
  });
});

describe("frames", () => {
  const views = readViews();
  const frames = readdirSync(join(repository, "templates/frames")).map((name) => name.replace(/\.hbs$/, ""));

  test("each has a view", () => expect(frames.toSorted()).toEqual([...views.keys()].toSorted()));

  test.each(frames)("%s uses all of its view and nothing else", (name) => {
    const text = readFileSync(join(repository, `templates/frames/${name}.hbs`), "utf8");
    expect(pathsIn(text)).toEqual(views.get(name)?.toSorted());
  });

  test("what a frame uses is seen wherever it stands", () => {
    expect(pathsIn("{{#if a}}{{#each b}}{{this}}{{/each}}{{else}}{{c}}{{/if}}")).toEqual(["a", "b", "c"]);
  });
});

function isTestedElsewhere(code: DiagnosticCode): boolean {
  const path = elsewhere[code];
  return path !== undefined && readFileSync(join(repository, "test", path), "utf8").includes(code);
}

function readRecorded(): string {
  const fixtures = join(repository, "fixtures");
  const paths = readdirSync(fixtures, { recursive: true, encoding: "utf8" });
  const texts = paths.filter((path) => path.endsWith("expected-diagnostics.txt"));
  return texts.map((path) => readFileSync(join(fixtures, path), "utf8")).join("\n");
}

/** The names of the fields that a frame reads; `this` is the element of a list. */
function pathsIn(text: string): readonly string[] {
  const names = new Set<string>();
  class Paths extends Handlebars.Visitor {
    override PathExpression(path: hbs.AST.PathExpression): void {
      if (path.original !== "this" && path.original !== "if" && path.original !== "each") names.add(path.original);
    }
  }
  new Paths().accept(Handlebars.parse(text));
  return [...names].toSorted();
}

/** The fields of each view, from the types that the renderers fill. */
function readViews(): ReadonlyMap<string, readonly string[]> {
  const path = join(repository, "src/render/frames/views.ts");
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2023);
  const members = new Map(
    file.statements.filter(ts.isInterfaceDeclaration).map(({ name, members: found }) => [
      name.text,
      found.filter(ts.isPropertySignature).map((member) => ({
        name: ts.isComputedPropertyName(member.name) ? "" : member.name.text,
        type: member.type?.getText(file) ?? "",
      })),
    ]),
  );
  const views = members.get("Views") ?? [];
  return new Map(views.map(({ name, type }) => [name, (members.get(type) ?? []).map((field) => field.name)]));
}
