/** `mcpgen explain @TAG`: each tag has a page that tells of every key, and its example is built, compiled and called. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { PageReading, TagPage } from "../../src/cli/explain/policy-page.js";
import { tagPages } from "../../src/cli/explain/tag-pages.js";
import { tagsThat } from "../../src/language/tags.js";
import { isPolicyTag, policyRows } from "../../src/language/policies/policies.js";
import type { PageCall } from "../../src/language/policies/policy.js";
import type { Case } from "../support/fixtures/cases.js";
import { generateFiles, toFiles } from "../support/fixtures/generate.js";
import { verify, type Candidate } from "../support/fixtures/verify.js";
import { copyCase, emptySuite, materialize, writeText } from "../support/fixtures/workspace.js";
import { askMcpgen } from "../support/resident/ask.js";

const suite = emptySuite("tag-pages");
const examples = emptySuite("tag-examples");
const pages = Object.entries(tagPages);

test("there is a page for each tag, and none for others", () => {
  expect(pages.map(([tag]) => tag).toSorted()).toEqual(tagsThat(() => true).toSorted());
});

test.each(pages)("the page of @%s tells of each of its keys", (tag, { keys }) => {
  expect(Object.keys(keys)).toEqual(isPolicyTag(tag) ? Object.keys(policyRows[tag].grammar.keys) : []);
});

test("each example is built without a word and answers its calls", { timeout: 240_000 }, async () => {
  const candidates = await Promise.all(pages.map(([tag, page]) => build(tag, page)));
  expect([...(await verify(candidates, suite))]).toEqual([]);
});

async function build(tag: string, { example, calls }: TagPage): Promise<Candidate> {
  const folder = join(examples, tag);
  writeText(join(folder, "src/example.ts"), `${example}\n`);
  const found = { name: tag, folder, settings: {}, calls: calls.map(toCall) };
  const { files, diagnostics } = await generateFiles(copyCase(found, suite), {});
  expect(diagnostics).not.toMatch(/^(?:error|warning) /m);
  const own = files.filter(({ path }) => !path.startsWith("generated/runtime/"));
  return { workspace: materialize(found, toFiles(own), suite), calls: found.calls, settings: {} };
}

function toCall(call: PageCall | PageReading): Case["calls"][number] {
  const { answer } = call;
  if ("resource" in call) {
    const { resource, type } = call;
    return { resource, contents: [{ uri: resource, mimeType: type, text: answer }] };
  }
  if ("prompt" in call) {
    const messages = [{ role: "user", content: { type: "text", text: answer } }];
    return { prompt: call.prompt, arguments: call.arguments, messages };
  }
  if ("completes" in call) return { ...call, values: [answer] };
  const { tool, arguments: given = {}, fails } = call;
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
    const { stdout, status } = askMcpgen({ cwd: suite }, "explain", "@cache");
    expect(status).toBe(0);
    expect(stdout).toContain("@cache: keep results\n");
    expect(stdout).toMatch(/^ {2}ttl +how long a result is kept/m);
    expect(stdout).toContain('  $ mcpgen call findCapital --country "Norway"\n  Oslo\n');
  });

  test("writes lists as a shell reads them", () => {
    const { stdout } = askMcpgen({ cwd: suite }, "explain", "@batch");
    expect(stdout).toContain(`  $ mcpgen call squareAll --items '[{"side":3},{"side":-1}]'\n  {"results":[`);
  });

  test("knows what was meant", () => {
    const { stderr, status } = askMcpgen({ cwd: suite }, "explain", "@cahce");
    expect(status).toBe(2);
    expect(stderr).toContain("error: there is no tag @cahce; did you mean @cache?");
  });

  test("says where a tag stands, what it takes and what is told of it", () => {
    const { stdout, status } = askMcpgen({ cwd: suite }, "explain", "@config");
    expect(status).toBe(0);
    expect(stdout).toContain("Stands above a type, and takes a string, on one line.");
    expect(stdout).toContain("  MG230  member cannot be read from a variable\n");
    expect(askMcpgen({ cwd: suite }, "explain", "@stream").stdout).toContain("Stands above a tool, and takes values");
    expect(askMcpgen({ cwd: suite }, "explain", "@resource").stdout).toContain("  a client reads notes://7:\n  note 7");
    expect(askMcpgen({ cwd: suite }, "explain", "@icon").stdout).toContain(
      "Stands above a tool or a resource or a prompt, and takes one line each",
    );
  });
});
