/** The same source gives the same bytes: in another directory, in another order, in another locale, with other line ends. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { thisProcess } from "../src/cli/owner.js";
import { generate } from "../src/pipeline.js";
import { readCase, readFiles, type Files } from "./support/fixtures/cases.js";
import { differences } from "./support/fixtures/difference.js";
import { requestFor } from "./support/fixtures/generate.js";
import { runMcpgen } from "./support/fixtures/process.js";
import { copyCase, emptySuite, openWorkspace, type Workspace } from "./support/fixtures/workspace.js";
import { parseLibrariesOnce } from "./support/parsed-libraries.js";

parseLibrariesOnce();

const suite = emptySuite("determinism");

describe("shop", { timeout: 30_000 }, () => {
  const workspace = copyCase(readCase("shop"), suite);
  const project = readFiles(workspace.folder);
  let expected: Files = new Map();

  beforeAll(async () => {
    expected = await build(workspace);
    expect(expected.size).toBeGreaterThan(100);
  }, 30_000);

  test("in another directory", async () => {
    expect(differences(expected, await buildElsewhere(project, "a long way/from here/größe"))).toEqual([]);
  });

  test("in another order of files", async () => {
    expect(differences(expected, await buildElsewhere(reversed(project), "reversed"))).toEqual([]);
  });

  test("with CRLF line ends", async () => {
    expect(differences(expected, await buildElsewhere(withCrlf(project), "crlf"))).toEqual([]);
  });

  test.each([
    ["Turkish, Chatham Islands", { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Pacific/Chatham" }],
    ["Swedish, Caracas", { LANG: "sv_SE.UTF-8", LC_ALL: "sv_SE.UTF-8", TZ: "America/Caracas" }],
  ])("in another environment: %s", (place, environment) => {
    const { folder, output } = copyCase(readCase("shop"), join(suite, place));
    expect(runMcpgen({ cwd: folder, environment }, "build", "src", "--out", "server")).toMatchObject({ status: 0 });
    expect(differences(expected, readFiles(output))).toEqual([]);
  });
});

describe("all of it at once", { timeout: 30_000 }, () => {
  test.each([
    "scaffold-full",
    "discover-barrel",
    "docs-torture",
    "type-recursive-mutual",
    "type-enum-string",
    "type-union-mixed",
  ])("%s", async (name) => {
    const workspace = copyCase(readCase(name), suite);
    const project = readFiles(workspace.folder);
    const expected = await build(workspace);
    expect(expected.size).toBeGreaterThan(50);
    expect(differences(expected, await buildElsewhere(withCrlf(reversed(project)), `elsewhere/${name}`))).toEqual([]);
  });
});

function reversed(files: Files): Files {
  return new Map([...files].reverse());
}

function withCrlf(files: Files): Files {
  return new Map([...files].map(([path, text]) => [path, text.replaceAll("\n", "\r\n")]));
}

/** Written one by one, in the order given. */
async function buildElsewhere(files: Files, place: string): Promise<Files> {
  const folder = join(suite, place);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return build(openWorkspace(place, folder));
}

async function build(workspace: Workspace): Promise<Files> {
  await generate({ ...requestFor(workspace), owner: thisProcess });
  return readFiles(workspace.output);
}
