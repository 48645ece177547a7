// Names of functions and classes in a bundle: what the user's code sees of them, and what is not defined anew in each call.
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { withoutNeedlessNames } from "../../templates/build/names.mjs";

/** As `bundle.mjs` has it written. */
function bundle(source: string): string {
  const stdin = { contents: source, loader: "ts", resolveDir: import.meta.dirname } as const;
  const built = buildSync({ stdin, bundle: true, format: "esm", keepNames: true, write: false });
  return built.outputFiles[0]?.text ?? "";
}

async function run(text: string): Promise<unknown> {
  const { found } = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as { found: unknown };
  return found;
}

const source = `
const arrow = (a: number) => a;
const lines = (a: number) => {
  const inner = async () => a;
  return [inner.name, \`
}, "lines");
\`];
};
const other = { member: () => 1, method() {} };
const expression = function () {};
const many = () => 1, second = () => 2;
class Kept { static make = () => new Kept(); }
const anonymous = class {};
export const found = [
  arrow.name, lines.name, ...lines(1), other.member.name, other.method.name, expression.name, many.name, second.name,
  Kept.name, Kept.make.name, anonymous.name, (() => { class Kept {} return [Kept.name, new Kept().constructor.name]; })(),
  (() => { const arrow = () => 2; return arrow.name; })(),
];
`;

test("every function and class says the name that it has in its source", async () => {
  const text = bundle(source);
  const rewritten = withoutNeedlessNames(text);
  expect(await run(rewritten)).toEqual(await run(text));
  expect(await run(rewritten)).toContain("arrow");
});

test("what has its name already is not told it, and stays in its line and column", () => {
  const text = bundle("export const add = (a: number) => {\n  const twice = () => 2 * a;\n  return twice();\n};\n");
  expect(text).toContain('/* @__PURE__ */ __name(() => 2 * a, "twice")');
  const rewritten = withoutNeedlessNames(text);
  expect(rewritten).not.toContain("@__PURE__");
  const placeOf = (within: string): readonly [number, number] => {
    const lines = within.split("\n");
    const line = lines.findIndex((candidate) => candidate.includes("2 * a"));
    return [line, lines[line]?.indexOf("2 * a") ?? -1];
  };
  expect(placeOf(rewritten)).toEqual(placeOf(text));
});

test("esbuild still writes its helper as it is known here", () => {
  expect(withoutNeedlessNames(bundle("export const add = () => 1;"))).toContain("target.name === value ? target : ");
});
