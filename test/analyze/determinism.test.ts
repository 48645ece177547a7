/** The same source gives the same model, wherever it lies and however it is stored; and so do its inputs. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { analyzeFolder, parameter, project, shown, type Files } from "./sources.js";

const files: Files = {
  "tsconfig.json": `{\n  "compilerOptions": { "lib": ["ES2022"], "target": "ES2022" }\n}\n`,
  "src/b.ts": `import type { Shared, Tree } from "../lib/shared.js";
/**
 * Does it.
 *
 * More \`text\`.
 * @param state The state.
 *   In two lines.
 * @example
 * work("open")
 */
export function work(state: Shared["state"], tree: Tree, any: any): Shared { return null!; }
export function broken(value: { on(): void }): void {}
`,
  "src/a.ts": `export const sides = { left: "l", right: "r" } as const;
export function turn(to: keyof typeof sides, mix: "zeta" | "alpha" | 3): string { return to; }
`,
  "lib/shared.ts": `export interface Tree { kids: Tree[] }
export interface Shared {
  /**
   * The state.
   * @default "open"
   */
  state?: "open" | "closed" | "alpha";
}
`,
  "node_modules/pack/package.json": `{ "name": "pack", "version": "1.0.0", "types": "index.d.ts" }`,
  "node_modules/pack/index.d.ts": "export interface P { a: 1 }",
  "src/c.ts": `import type { P } from "pack";\nexport function pack(p: P): void {}\n`,
};

function modelOf(root: string): string {
  const { model, diagnostics } = analyzeFolder(root, { tsconfig: join(root, "tsconfig.json") });
  return JSON.stringify({ model, diagnostics }, null, 1);
}

describe("the model", () => {
  const model = modelOf(project(files));

  it("is the same from another folder", () => {
    expect(modelOf(project(files))).toBe(model);
  });

  it("is the same with CRLF line ends", () => {
    expect(
      modelOf(
        project(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll("\n", "\r\n")]))),
      ),
    ).toBe(model);
  });

  it("holds nothing of this machine", () => {
    expect(model).not.toContain("/tmp");
    expect(model).not.toContain(import.meta.dirname);
  });

  it("keeps a union's order whatever other files say first", () => {
    const root = project({
      ...files,
      "src/0.ts": `export function first(a: "alpha" | "zeta" | "r" | "l" | "closed", b: 3 | "alpha"): void {}`,
    });
    const analyzed = analyzeFolder(root);
    expect(shown(parameter(analyzed, "turn").type)).toBe(`enum("left" "right")`);
    expect(shown(parameter(analyzed, "turn", 1).type)).toBe(`enum("zeta" "alpha" 3)`);
    expect(shown(parameter(analyzed, "work").type)).toBe(`enum("open" "closed" "alpha")`);
  });
});

describe("the inputs", () => {
  const root = project(files);
  const { inputs } = analyzeFolder(root, { tsconfig: join(root, "tsconfig.json") }).model;

  it("are all files read, and the packages", () => {
    expect(inputs.map(({ path }) => path)).toEqual([
      "lib/shared.ts",
      "node_modules/pack",
      "src/a.ts",
      "src/b.ts",
      "src/c.ts",
      "tsconfig.json",
    ]);
  });

  it("name a package by its version, which is the same on every machine", () => {
    const other = project({ ...files, "node_modules/pack/index.d.ts": "export interface P { a: 1; b: 2 }" });
    const { inputs: others } = analyzeFolder(other, { tsconfig: join(other, "tsconfig.json") }).model;
    expect(others).toEqual(inputs);
  });

  it("live with a package.json that is no JSON", () => {
    const other = project({ ...files, "node_modules/pack/package.json": "{" });
    expect(() => analyzeFolder(other)).not.toThrow();
  });
});
