/** A build that meets another while it compares: what it compares with is the work of one build. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { thisProcess } from "../../src/cli/owner.js";
import { manifestPath, type PlannedFile } from "../../src/model/files.js";
import { generate } from "../../src/pipeline.js";
import { readSnapshot } from "../../src/write/snapshot.js";
import { readCase } from "../support/fixtures/cases.js";
import { requestFor } from "../support/fixtures/generate.js";
import { copyCase, emptyPlace, emptySuite, writeText, type Workspace } from "../support/fixtures/workspace.js";
import { parseLibrariesOnce } from "../support/parsed-libraries.js";

parseLibrariesOnce();

const suite = emptySuite("settled");

/** The other one has written its journal at the moment in which this one compares. */
async function buildBeside(other: (output: string) => void, workspace: Workspace) {
  const owner = { ...thisProcess, patienceMs: 50 };
  let met = false;
  const onStage = (stage: string): void => {
    if (stage !== "compare" || met) return;
    met = true;
    writeText(join(workspace.output, ".mcpgen/stage/journal.json"), "[]");
    other(workspace.output);
  };
  const { value, diagnostics } = await generate({ ...requestFor(workspace), owner, onStage });
  expect(met).toBe(true);
  return { isWritten: value.changes !== undefined, codes: diagnostics.map(({ code }) => code) };
}

describe("another build's journal appears", () => {
  test("it died: what it left is cleared away, and this one writes", async () => {
    const workspace = copyCase(readCase("discover-functions"), join(suite, "died"));
    expect(await buildBeside(() => undefined, workspace)).toEqual({ isWritten: true, codes: [] });
  });

  test("it goes on for longer than this one waits: this one says so", async () => {
    const workspace = copyCase(readCase("discover-functions"), join(suite, "goes-on"));
    const goOn = (output: string): void => {
      mkdirSync(join(output, ".mcpgen"), { recursive: true });
      writeText(join(output, `.mcpgen/lock-${String(process.ppid)}-1`), "");
    };
    expect(await buildBeside(goOn, workspace)).toEqual({ isWritten: false, codes: ["MG608"] });
  });
});

describe("a snapshot during which the manifest", () => {
  test.each([
    ["stays as it is", "1", false],
    ["is another build's at the end", "another build's", true],
  ])("%s", (name, text, isUnsettled) => {
    const output = emptyPlace(`settled-${name}`);
    writeText(join(output, manifestPath), "1");
    const file: PlannedFile = {
      owner: "generated",
      text: "",
      get path() {
        if (text !== "1") writeText(join(output, manifestPath), text);
        return "generated/a.ts";
      },
    };
    expect(readSnapshot(output, [file]).isUnsettled).toBe(isUnsettled);
  });
});
