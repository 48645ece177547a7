/**
 * Writers that die, meet, or may not write: the output is one build's work, whatever happens. What dies or meets another
 * is a process; the build after it, which only has to end well, is not.
 */
import { spawn } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseBases } from "../../src/write/base.js";
import { makeFolder, readFolder } from "../support/folder.js";
import { writeBuild } from "./write-build.js";

const program = join(makeFolder("crash/program"), "writer.mjs");
/** Where another user may read and write. */
const open = join(tmpdir(), `mcpgen-crash-${String(process.pid)}`);

beforeAll(async () => {
  const entryPoints = [join(import.meta.dirname, "writer.ts")];
  await build({
    entryPoints,
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
  });
  mkdirSync(open, { recursive: true });
});
afterAll(() => {
  rmSync(open, { recursive: true, force: true });
});

interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly operations: number;
  readonly said: readonly string[];
}

/** Runs a writer to its end, of itself or by the kill. */
async function write(
  args: readonly string[],
  options: { readonly script?: string; readonly uid?: number } = {},
): Promise<Ended> {
  const { script = program, uid } = options;
  const identity = uid === undefined ? {} : { uid, gid: uid };
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "inherit"], ...identity });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  const signal = await new Promise<NodeJS.Signals | null>((resolve) => child.on("close", (_, by) => resolve(by)));
  return { signal, operations: 0, said: [], ...(out === "" ? {} : (JSON.parse(out) as Partial<Ended>)) };
}

/** Which build each generated file is of; the work folder does not count. */
function builds(output: string): Record<string, string> {
  const files = Object.entries(readFolder(output)).filter(([path]) => path.startsWith("generated/"));
  return Object.fromEntries(
    files.map(([path, text]) => [
      path,
      path.endsWith("manifest.json") ? (/"config": "(.*)"/.exec(text)?.[1] ?? "") : text.trim(),
    ]),
  );
}

function whole(text: string): Record<string, string> {
  const paths = ["manifest.json", `only-${text}.ts`, "tools/a.ts", "tools/b.ts", "tools/c.ts"];
  return Object.fromEntries(paths.map((path) => [`generated/${path}`, text]));
}

describe("killed before each of its operations on the disk", () => {
  test("a first build leaves nothing or all after the next one's recovery", { timeout: 120_000 }, async () => {
    const reference = makeFolder("crash/first-whole");
    const total = (await write([reference, "one"])).operations;
    expect(total).toBeGreaterThan(20);
    for (let step = 0; step < total; step++) {
      const output = makeFolder("crash/first");
      expect((await write([output, "one", String(step)])).signal).toBe("SIGKILL");
      expect(await writeBuild(output, "one", "generated")).toEqual([]);
      expect(readFolder(output)).toEqual(readFolder(reference));
    }
  });

  test(
    "a rebuild leaves every file old or new, and the next run makes them all of one build",
    { timeout: 120_000 },
    async () => {
      const [before, sample] = [makeFolder("crash/second-before"), makeFolder("crash/second-whole")];
      for (const folder of [before, sample]) await write([folder, "one"]);
      const total = (await write([sample, "two"])).operations;
      let mixed = 0;
      for (let step = 0; step < total; step++) {
        const output = makeFolder("crash/second");
        cpSync(before, output, { recursive: true });
        expect((await write([output, "two", String(step)])).signal).toBe("SIGKILL");
        const left = builds(output);
        for (const path of ["tools/a.ts", "tools/b.ts", "tools/c.ts", "manifest.json"])
          expect(["one", "two"]).toContain(left[`generated/${path}`]);
        if (new Set(Object.values(left)).size > 1) mixed++;
        // The build that comes next is the old one, the new one, or another: all the same.
        const next = ["one", "two", "three"][step % 3] ?? "";
        expect(await writeBuild(output, next, "generated")).toEqual([]);
        expect(builds(output)).toEqual(whole(next));
        expect(Object.keys(readFolder(output)).filter((path) => path.startsWith(".mcpgen"))).toEqual([]);
      }
      // The test would prove nothing if no kill had come between two moves.
      expect(mixed).toBeGreaterThan(2);
    },
  );
});

/** Where the user has written something, and what. */
const own: Readonly<Record<string, string>> = {
  "README.md": "Mine in the end.",
  "package.json": `"mine": "node mine.js"`,
  ".env.example": "MINE=1",
  "test/a.test.ts": "// mine",
  "docs/only-one.md": "mine",
};

function writeOwn(output: string): void {
  for (const [path, line] of Object.entries(own)) {
    const text = readFileSync(join(output, path), "utf8");
    const added = path === "package.json" ? text.replace(`"start"`, `${line}, "start"`) : `${text}\n${line}\n`;
    writeFileSync(join(output, path), added);
  }
}

/** Half of it is this build's and half the last one's, as the new lines of these files tell. */
function isMixed(output: string): boolean {
  const files = readFolder(output);
  const texts = ["README.md", ".env.example", ".mcpgen/base.json", "generated/tools/a.ts"];
  return new Set(texts.map((path) => files[path]?.includes("two"))).size > 1;
}

test(
  "a rebuild of a scaffold, killed at any operation and once more while it recovers, is as if nothing had happened",
  { timeout: 600_000 },
  async () => {
    const sample = makeFolder("crash/scaffold-sample");
    await write([sample, "one", "never", "scaffold"]);
    writeOwn(sample);
    const reference = makeFolder("crash/scaffold-whole");
    cpSync(sample, reference, { recursive: true });
    const { operations: total, said } = await write([reference, "two", "never", "scaffold"]);
    expect(said).toEqual([]);
    const expected = readFolder(reference);
    const bases = [...parseBases(expected[".mcpgen/base.json"]).keys()];
    expect(bases).toContain("docs/only-two.md");
    expect(bases).not.toContain("docs/only-one.md");
    expect(expected).not.toHaveProperty(["generated/only-one.ts"]);
    let mixed = 0;
    const killAt = async (step: number): Promise<void> => {
      const output = makeFolder(`crash/scaffold-${String(step % 2)}`);
      cpSync(sample, output, { recursive: true });
      expect((await write([output, "two", String(step), "scaffold"])).signal).toBe("SIGKILL");
      if (isMixed(output)) mixed++;
      holdOwn(output);
      // Early on it is the recovery that dies, later the build after it.
      if (step % 3 === 0) await write([output, "two", String((step * 7) % total), "scaffold"]);
      holdOwn(output);
      expect(await writeBuild(output, "two", "scaffold")).toEqual([]);
      expect(readFolder(output)).toEqual(expected);
    };
    for (let step = 0; step + 1 < total; step += 2) await Promise.all([killAt(step), killAt(step + 1)]);
    if (total % 2 === 1) await killAt(total - 1);
    expect(mixed).toBeGreaterThan(5);
    holdOwn(reference);
  },
);

function holdOwn(output: string): void {
  for (const [path, line] of Object.entries(own)) expect(readFileSync(join(output, path), "utf8")).toContain(line);
}

describe("two builds at once", () => {
  test("of the same source both succeed", { timeout: 30_000 }, async () => {
    const output = makeFolder("crash/same");
    const ended = await Promise.all(Array.from({ length: 4 }, () => write([output, "one"])));
    expect(ended.flatMap(({ said }) => said)).toEqual([]);
    expect(builds(output)).toEqual(whole("one"));
  });

  test("of different sources never mix", { timeout: 60_000 }, async () => {
    for (let round = 0; round < 5; round++) {
      const output = makeFolder("crash/different");
      const [one, two] = await Promise.all([write([output, "one"]), write([output, "two"])]);
      const found = builds(output);
      expect([whole("one"), whole("two")]).toContainEqual(found);
      // Either one came after the other and built on it, or it was told that the folder had changed.
      const lost = found["generated/manifest.json"] === "one" ? two : one;
      for (const text of lost.said) expect(text).toMatch(/^MG60[28]: /);
    }
  });
});

test("a read-only output: nothing changes, and the reason is told", async () => {
  const output = join(open, "read-only");
  const script = join(open, "writer.mjs");
  mkdirSync(output);
  chmodSync(open, 0o755);
  chmodSync(output, 0o555);
  copyFileSync(program, script);
  // The superuser may write anywhere: then another user has to try.
  const uid = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  const { said } = await write([output, "one"], { script, ...uid });
  expect(said).toEqual(["MG606: nothing was written: EACCES: permission denied"]);
  expect(readFolder(output)).toEqual({});
});
