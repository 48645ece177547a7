/** `mcpgen call TOOL`: builds the project, starts its server, and calls a tool as a client would. */
import { isError, diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import { generate, type StageName } from "../pipeline.js";
import { readArguments } from "./call-arguments.js";
import type { ToolResult } from "./client.js";
import type { Command } from "./command.js";
import { hasFailed } from "./failure.js";
import { thisProcess } from "./owner.js";
import type { Invocation } from "./usage/program.js";
import { bundle, findUninstalled } from "./project.js";
import type { Reporter } from "./output/reporter.js";
import { describeToolResult } from "./output/result-text.js";
import { stageText } from "./output/stages.js";

type Call = Extract<Invocation, { readonly kind: "call" }>;

export const runCall: Command<"call"> = async (call, reporter) => {
  const onStage = (stage: StageName) => {
    reporter.status(stageText(stage));
  };
  const { value, diagnostics } = await generate({ ...call.overrides, cwd: process.cwd(), owner: thisProcess, onStage });
  const { root, output } = value;
  const isReady = output !== undefined && !hasFailed(value, diagnostics, "changes");
  const problems = isReady ? await prepare(output, reporter) : diagnostics;
  if (output === undefined || problems.some(isError)) {
    reporter.answer({ diagnostics: problems, root, text: "", json: { status: "failed" } });
    return 1;
  }
  return await callTool({ call, folder: output }, reporter);
};

async function prepare(folder: string, reporter: Reporter): Promise<readonly Diagnostic[]> {
  const missing = findUninstalled(folder);
  if (missing.length > 0) return missing;
  reporter.status("bundling the server …");
  return await bundle(folder);
}

async function callTool(
  { call, folder }: { readonly call: Call; readonly folder: string },
  reporter: Reporter,
): Promise<number> {
  const { withServer } = await import("./client.js");
  reporter.status(`calling ${call.tool} …`);
  const onLog = (text: string) => {
    reporter.remark(text);
  };
  const served = await withServer({ folder, onLog }, async (server) => {
    const tools = await server.listTools();
    const schema = tools.find((tool) => tool.name === call.tool)?.inputSchema ?? {};
    const read = readArguments(call.words, schema);
    if (read.kind === "refused") return complain(read.reason, reporter, 2);
    const result = await server.callTool(call.tool, read.value);
    return result.kind === "refused" ? complain(result.reason, reporter, 1) : answer(result, reporter);
  });
  if (served.kind === "served") return served.value;
  const diagnostics = [diagnostic("MG612", `the server did not start: ${served.reason}`)];
  reporter.answer({ diagnostics, root: folder, text: "", json: { status: "failed" } });
  return 1;
}

/** The result as a model would read it; an error goes where errors go. */
function answer({ isError: failed, content, structuredContent }: ToolResult, reporter: Reporter): number {
  const text = describeToolResult({ content, structuredContent });
  const json = { isError: failed, content, structuredContent };
  reporter.answer({
    diagnostics: [],
    root: process.cwd(),
    ...(failed ? { text: "", complaint: text } : { text }),
    json,
  });
  return failed ? 1 : 0;
}

function complain(reason: string, reporter: Reporter, exitCode: number): number {
  const json = { status: "failed", reason };
  reporter.answer({ diagnostics: [], root: process.cwd(), text: "", complaint: `error: ${reason}`, json });
  return exitCode;
}
