/** `mcpgen explain @TAG`: each page tells of every key, and its example is built, compiled and called. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { PageCall, PolicyPage } from "../../src/cli/explain/policy-page.js";
import { policyPages, type PageName } from "../../src/cli/explain/policy-pages.js";
import { isPolicyTag, policyTags } from "../../src/model/policy-tags.js";
import { isServed } from "../../src/plan/surface/check-tags.js";
import type { Call } from "../support/fixtures/cases.js";
import { generateFiles, toFiles } from "../support/fixtures/generate.js";
import { runMcpgen } from "../support/fixtures/process.js";
import { verify, type Candidate } from "../support/fixtures/verify.js";
import { copyCase, emptySuite, materialize, writeText } from "../support/fixtures/workspace.js";

const suite = emptySuite("policy-pages");
const examples = emptySuite("policy-examples");
const pages = Object.entries(policyPages) as readonly (readonly [PageName, PolicyPage])[];

test("there is a page for each policy that is served, and none for others", () => {
  const served = [...Object.keys(policyTags), "worker", "from"].filter(isServed);
  expect(pages.map(([tag]) => tag).toSorted()).toEqual(served.toSorted());
});

test.each(pages)("the page of @%s tells of each of its keys", (tag, { keys }) => {
  expect(Object.keys(keys)).toEqual(isPolicyTag(tag) ? Object.keys(policyTags[tag].keys) : []);
});

test("each example is built without a word and answers its calls", { timeout: 120_000 }, async () => {
  const candidates = await Promise.all(pages.map(([tag, page]) => build(tag, page)));
  expect([...(await verify(candidates, suite))]).toEqual([]);
});

async function build(tag: string, { example, calls }: PolicyPage): Promise<Candidate> {
  const folder = join(examples, tag);
  writeText(join(folder, "src/example.ts"), `${example}\n`);
  const found = { name: tag, folder, settings: {}, calls: calls.map(toCall) };
  const { files, diagnostics } = await generateFiles(copyCase(found, suite), {});
  expect(diagnostics).toBe("");
  const own = files.filter(({ path }) => !path.startsWith("generated/runtime/"));
  return { workspace: materialize(found, toFiles(own), suite), calls: found.calls, settings: {} };
}

function toCall({ tool, arguments: given = {}, answer, fails }: PageCall): Call {
  const isStructured = answer.startsWith("{");
  const expected = fails
    ? { error: answer }
    : isStructured
      ? { result: JSON.parse(answer) as unknown }
      : { text: answer };
  return { tool, arguments: given, ...expected };
}

describe("mcpgen explain", () => {
  test("prints the page", () => {
    const { stdout, status } = runMcpgen({ cwd: suite }, "explain", "@cache");
    expect(status).toBe(0);
    expect(stdout).toContain("@cache: keep results\n");
    expect(stdout).toMatch(/^ {2}ttl +how long a result is kept/m);
    expect(stdout).toContain('  $ mcpgen call findCapital --country "Norway"\n  Oslo\n');
  });

  test("writes lists as a shell reads them", () => {
    const { stdout } = runMcpgen({ cwd: suite }, "explain", "@batch");
    expect(stdout).toContain(`  $ mcpgen call squareAll --items '[{"side":3},{"side":-1}]'\n  {"results":[`);
  });

  test("knows what was meant", () => {
    const { stderr, status } = runMcpgen({ cwd: suite }, "explain", "@cahce");
    expect(status).toBe(2);
    expect(stderr).toContain("error: there is no policy @cahce; did you mean @cache?");
  });
});
