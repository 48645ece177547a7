/** Three versions of a scaffold file → one in which nothing of the user's is lost. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeJson } from "../../../src/write/merge/json.js";
import { sidesOf } from "../../../src/model/project/markers.js";
import { mergeScaffold } from "../../../src/write/merge/scaffold.js";
import { mergeText } from "../../../src/write/merge/text.js";

const known = { dependencies: [], variables: [] };
const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

describe("text", () => {
  test("keeps CRLF", () => {
    const merged = mergeText({ base: "a\nb\nc\n", user: "x\r\na\r\nb\r\nc\r\n", planned: "a\nb\nc\nd\n" });
    expect(merged).toEqual({ text: "x\r\na\r\nb\r\nc\r\nd\r\n", conflicts: [] });
  });

  test("a part that the user threw out is told of no more", () => {
    const lines = (first: string) => [first, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].join("\n");
    const versions = { base: lines("one"), user: "mine", planned: lines("two") };
    expect(mergeText(versions)).toEqual({ text: "mine", conflicts: [] });
    expect(mergeText({ ...versions, user: "mine\ni\nj" }).conflicts).toHaveLength(1);
  });

  test("the same change on both sides is none", () => {
    expect(mergeText({ base: "a\n", user: "b\n", planned: "b\n" })).toEqual({ text: "b\n", conflicts: [] });
  });

  const texts = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 8 }).map((lines) => lines.join("\n"));

  test("law: where one side changed nothing, the other is the result", () => {
    fc.assert(
      fc.property(texts, texts, (base, other) => {
        expect(mergeText({ base, user: base, planned: other })).toEqual({ text: other, conflicts: [] });
        expect(mergeText({ base, user: other, planned: base })).toEqual({ text: other, conflicts: [] });
      }),
    );
  });

  test("law: every line that the user added is there, and every conflict tells both sides", () => {
    fc.assert(
      fc.property(texts, texts, fc.array(fc.nat({ max: 9 }), { maxLength: 4 }), (base, planned, places) => {
        const lines = base.split("\n");
        places.forEach((place, index) => lines.splice(place, 0, `mine ${String(index)}`));
        const { text, conflicts } = mergeText({ base, user: lines.join("\n"), planned });
        places.forEach((_, index) => {
          expect(text.split("\n")).toContain(`mine ${String(index)}`);
        });
        for (const { user, planned: ours } of conflicts) expect(user).not.toBe(ours);
      }),
    );
  });
});

describe("JSON", () => {
  test("by keys, with comments and layout", () => {
    const user = '{\n\t// mine\n\t"a": 1,\n\t"b": { "x": 1, "mine": true }, // so\n}\n';
    const merged = mergeJson({ base: json({ a: 1, b: { x: 1 } }), user, planned: json({ a: 2, b: { x: 1, y: 2 } }) });
    expect(merged?.conflicts).toEqual([]);
    expect(merged?.text).toContain("// mine");
    expect(merged?.text).toContain('"a": 2');
    expect(merged?.text).toContain('"y": 2');
    expect(merged?.text).toContain('"mine": true');
  });

  test("what both changed stays the user's, and is told", () => {
    const merged = mergeJson({
      base: json({ scripts: { dev: "a" } }),
      user: json({ scripts: { dev: "mine" } }),
      planned: json({ scripts: { dev: "b" } }),
    });
    expect(merged).toEqual({
      text: json({ scripts: { dev: "mine" } }),
      conflicts: [{ place: "scripts.dev", user: '"mine"', planned: '"b"' }],
    });
  });

  test("what the user took out stays out; what mcpgen takes out goes, unless the user changed it", () => {
    const base = json({ a: 1, b: 1, c: 1 });
    const merged = mergeJson({ base, user: json({ b: 1, c: 2 }), planned: json({ a: 2 }) });
    expect(JSON.parse(merged?.text ?? "")).toEqual({ c: 2 });
    expect(merged?.conflicts).toEqual([{ place: "c", user: "2", planned: "" }]);
  });

  test("lists of plain values are sets, other lists are values", () => {
    const base = json({ include: ["a", "b"], files: [{ x: 1 }] });
    const user = json({ include: ["a", "b", "mine"], files: [{ x: 2 }] });
    const merged = mergeJson({ base, user, planned: json({ include: ["a", "c"], files: [{ x: 3 }] }) });
    expect(JSON.parse(merged?.text ?? "")).toEqual({ include: ["a", "mine", "c"], files: [{ x: 2 }] });
    expect(merged?.conflicts.map(({ place }) => place)).toEqual(["files"]);
  });

  const records = fc.dictionary(
    fc.constantFrom("a", "b", "c"),
    fc.oneof(fc.nat(3), fc.dictionary(fc.constantFrom("x", "y"), fc.nat(2))),
  );

  test("law: where one side changed nothing, the other is the result", () => {
    fc.assert(
      fc.property(records, records, (base, other) => {
        const updated = mergeJson({ base: json(base), user: json(base), planned: json(other) });
        expect(updated?.conflicts).toEqual([]);
        expect(JSON.parse(updated?.text ?? "")).toEqual(other);
        expect(mergeJson({ base: json(base), user: json(other), planned: json(base) })?.text).toBe(json(other));
      }),
    );
  });
});

describe("package.json", () => {
  const merge = (base: object, user: object, planned: object, dependencies: readonly string[] = []) => {
    const merged = mergeScaffold({
      path: "package.json",
      bases: sidesOf(json(base)),
      user: json(user),
      planned: json(planned),
      known: { ...known, dependencies },
    });
    return merged.kind === "merged" ? { ...merged, value: JSON.parse(merged.text) as unknown } : merged;
  };

  test("gains packages and scripts, and new versions of what the user left alone", () => {
    const { scripts, mine } = { scripts: { build: "b" }, mine: { name: "mine" } };
    const base = { scripts, dependencies: { zod: "1" } };
    const planned = { scripts: { ...scripts, more: "m" }, dependencies: { pg: "1", zod: "2" } };
    expect(merge(base, { ...mine, ...base, dependencies: { abc: "1", zod: "1" } }, planned)).toMatchObject({
      value: { ...mine, scripts: planned.scripts, dependencies: { abc: "1", pg: "1", zod: "2" } },
      conflicts: [],
    });
  });
  test("a version of the user's stays, and is told", () => {
    const at = (zod: string) => ({ dependencies: { zod } });
    expect(merge(at("1"), at("^1"), at("2"))).toMatchObject({
      value: at("^1"),
      conflicts: [{ place: "dependencies.zod", user: '"^1"', planned: '"2"' }],
    });
  });
  test("a package that the user put elsewhere or took out stays there, or out", () => {
    const planned = { dependencies: { a: "2", b: "2", c: "2" } };
    const user = { peerDependencies: { a: "1" } };
    expect(merge({ dependencies: { a: "1", b: "1" } }, user, planned, ["a", "b", "c"])).toMatchObject({
      value: user,
      conflicts: [],
    });
  });
  test("a package that is no longer needed stays; one that is needed elsewhere moves", () => {
    const base = { dependencies: { old: "1" }, devDependencies: { pg: "1" } };
    expect(merge(base, base, { dependencies: { pg: "1" }, devDependencies: {} })).toMatchObject({
      value: { dependencies: { old: "1", pg: "1" }, devDependencies: {} },
    });
  });
  test("one that is no JSON is told", () => {
    const merged = mergeScaffold({ path: "package.json", bases: sidesOf("{}"), user: "{", planned: "{}", known });
    expect(merged).toEqual({ kind: "unreadable" });
  });
});

describe(".env.example", () => {
  const base = "# One.\nA=\n";
  const planned = "# One.\nA=\n\n# Two.\nB=\n";
  const merge = (user: string, next = planned) =>
    mergeScaffold({
      path: ".env.example",
      bases: sidesOf(base),
      user,
      planned: next,
      known: { ...known, variables: ["A"] },
    });

  test("new variables come behind what the user added", () => {
    expect(merge("# One.\nA=\n\n# Mine.\nM=\n")).toEqual({
      kind: "merged",
      text: "# One.\nA=\n\n# Mine.\nM=\n\n# Two.\nB=\n",
      conflicts: [],
    });
  });
  test("what is said of a variable is brought up to date", () => {
    expect(merge("M=\n\n# One.\nA=\n", "# Better.\nA=\n")).toMatchObject({
      text: "M=\n\n# Better.\nA=\n",
      conflicts: [],
    });
  });
  test("what both say is told, and stays the user's", () => {
    expect(merge("# Mine.\nA=\n", "# Better.\nA=\n")).toMatchObject({
      text: "# Mine.\nA=\n",
      conflicts: [{ place: "A", user: "# Mine.\nA=", planned: "# Better.\nA=" }],
    });
  });
});

describe("two branches", () => {
  const marked = (ours: string, theirs: string) => `head\n<<<<<<< HEAD\n${ours}=======\n${theirs}>>>>>>> other\nfoot\n`;
  const planned = "head\na\nb\nfoot\n";

  test("that both only built: what is to be written", () => {
    const both = marked("a\n", "b\n");
    const merged = mergeScaffold({ path: "README.md", bases: sidesOf(both), user: both, planned, known });
    expect(merged).toEqual({ kind: "merged", text: planned, conflicts: [] });
  });
  test("of which one was edited elsewhere: with the edit", () => {
    const both = marked("a\n", "b\n");
    const merged = mergeScaffold({ path: "README.md", bases: sidesOf(both), user: `mine\n${both}`, planned, known });
    expect(merged).toEqual({ kind: "merged", text: `mine\n${planned}`, conflicts: [] });
  });
  test("with an edit within the conflict: left to the user", () => {
    const user = marked("mine\n", "yours\n");
    expect(mergeScaffold({ path: "README.md", bases: sidesOf(marked("a\n", "b\n")), user, planned, known })).toEqual({
      kind: "marked",
    });
  });
  test("with marks that do not belong together: left to the user", () => {
    const user = "head\n=======\nb\n>>>>>>> other\n";
    expect(mergeScaffold({ path: "README.md", bases: sidesOf(planned), user, planned, known })).toEqual({
      kind: "marked",
    });
  });
  test("in package.json: the packages of both", () => {
    const between = (user: boolean) =>
      `{\n${user ? '  "name": "mine",\n' : ""}  "dependencies": {\n<<<<<<< HEAD\n    "pg": "1",\n=======\n    "undici": "1",\n>>>>>>> other\n    "zod": "1"\n  }\n}\n`;
    const wanted = json({ dependencies: { pg: "1", undici: "1", zod: "1" } });
    const merged = mergeScaffold({
      path: "package.json",
      bases: sidesOf(between(false)),
      user: between(true),
      planned: wanted,
      known,
    });
    expect(merged.kind === "merged" && (JSON.parse(merged.text) as unknown)).toEqual({
      name: "mine",
      dependencies: { pg: "1", undici: "1", zod: "1" },
    });
  });
});
