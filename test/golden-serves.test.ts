/** What the cases expect is a server: its list is a surface that clients take, and its calls give what they should. */
import { beforeAll, describe, expect, test } from "vitest";
import { checksOf } from "../templates/runtime/testing/surface-suite.js";
import { isCall, readCases } from "./support/fixtures/cases.js";
import { withConstants } from "./support/fixtures/golden.js";
import { disagreements } from "./support/fixtures/agreement.js";
import { bundleServers, checkCallOn, loadServer } from "./support/fixtures/serve.js";
import { surfaceProblems } from "./support/fixtures/surface.js";
import { emptySuite, materialize } from "./support/fixtures/workspace.js";

interface Surface {
  readonly resources?: readonly { readonly uri?: string; readonly uriTemplate?: string }[];
  readonly resourceTemplates?: Surface["resources"];
  readonly prompts?: readonly { readonly name: string }[];
  readonly arguments?: { readonly completions?: object };
}

const suite = emptySuite("serves");
const served = readCases().flatMap((found) => {
  return found.expected ? [{ ...found, workspace: materialize(found, withConstants(found.expected), suite) }] : [];
});

beforeAll(async () => {
  const workspaces = served.map(({ workspace }) => workspace);
  expect(await bundleServers(workspaces, suite)).toEqual([]);
}, 60_000);

describe("serves", { timeout: 30_000 }, () => {
  test.each(served.map((found) => [found.name, found] as const))(
    "%s",
    async (_, { workspace, settings, calls, expected }) => {
      const server = await loadServer(workspace, suite, settings);
      const client = await server.connect();
      const { tools } = await client.listTools();
      const surface = JSON.parse(expected?.get("generated/surface.json") ?? "{}") as { tools: typeof tools };
      expect(tools).toEqual(surface.tools);
      expect(surface.tools.flatMap((tool) => surfaceProblems(tool, workspace.clients))).toEqual([]);
      // What the project's own tests hold it to; before any call, as they do.
      for (const each of checksOf(surface)) await each.check(client);
      const problems: string[] = [];
      for (const call of calls) {
        if (isCall(call))
          problems.push(...disagreements(call, { surface: surface.tools, tools: server.tools, settings }));
        problems.push(...[await checkCallOn(server, client, call)].filter((problem) => problem !== undefined));
      }
      await client.close();
      if (problems.length > 0) throw new Error(problems.join("\n"));
    },
  );

  test("every resource, prompt and completion of every case is asked for", () => {
    const silent = served.flatMap(({ name, calls, expected }) => {
      const surface = JSON.parse(expected?.get("generated/surface.json") ?? "{}") as Surface;
      const readings = calls.filter((call) => !isCall(call));
      const isRead = (uri: string): boolean =>
        readings.some((each) => "resource" in each && each.resource.startsWith(uri.replace(/\{.*$/, "")));
      const uris = [...(surface.resources ?? []), ...(surface.resourceTemplates ?? [])].map(
        (each) => each.uri ?? each.uriTemplate,
      );
      const prompts = (surface.prompts ?? []).map((each) => each.name);
      return [
        ...uris.filter((uri) => uri !== undefined && !isRead(uri)),
        ...prompts.filter((prompt) => !readings.some((each) => "prompt" in each && each.prompt === prompt)),
        ...(surface.arguments?.completions && !readings.some((each) => "completes" in each) ? ["completions"] : []),
      ].map((each) => `${name}: ${each ?? ""}`);
    });
    expect(silent).toEqual([]);
  });

  test("every tool of every case is called", () => {
    const silent = served.flatMap(({ name, calls, expected }) => {
      const surface = JSON.parse(expected?.get("generated/surface.json") ?? "{}") as { tools: { name: string }[] };
      return surface.tools
        .filter((tool) => !calls.some((call) => isCall(call) && call.tool === tool.name))
        .map((tool) => `${name}: ${tool.name}`);
    });
    expect(silent).toEqual([]);
  });
});
