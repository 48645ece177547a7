/** `Tool<typeof f>` under the compilers of users: which parameters of a function are what its tool is called with. */
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const source = `
import type { Caller, Context, DataParameters, Logger, RequestInfo, Tool } from "./contracts/index.ts";

type Same<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
type Takes<F extends (...given: never[]) => unknown, Given extends readonly unknown[]> = Same<DataParameters<Parameters<F>>, Given>;

interface Store { read(key: string): string }
type Send = (text: string) => void;
interface Order { id: string; parts: { due: Date }[] }

declare function none(): void;
declare function plain(city: string, days: number): Promise<number>;
declare function optional(city: string, day?: Date, hour?: number): string;
declare function fallback(city: string, log: Logger, day?: number): string;
declare function rest(first: string, ...others: number[]): number;
declare function onlyRest(...others: number[]): number;
declare function labelled(...given: [city: string, day?: number]): number;
declare function whole(order: Order): Order;
declare function choice(kind: "a" | "b" | null, at: URL | undefined, all: Map<string, Date>): bigint;
declare function before(store: Store, city: string): string;
declare function between(city: string, context: Context, send: Send, days: number): string;
declare function behind(city: string, caller: Caller, info: RequestInfo, signal: AbortSignal): string;
declare function perhaps(city: string, caller: Caller | undefined, store?: Store): string;
declare function injectedRest(city: string, ...stores: Store[]): string;
declare function calls(city: string, other: Tool<typeof plain>): string;
declare function widest(value: unknown, other: any): string;

const held: [
  Takes<typeof none, []>,
  Takes<typeof plain, [string, number]>,
  Takes<typeof optional, [string, (Date | undefined)?, (number | undefined)?]>,
  Takes<typeof fallback, [string, (number | undefined)?]>,
  Takes<typeof rest, [string, ...number[]]>,
  Takes<typeof onlyRest, number[]>,
  Takes<typeof labelled, [string, number?]>,
  Takes<typeof whole, [Order]>,
  Takes<typeof choice, ["a" | "b" | null, URL | undefined, Map<string, Date>]>,
  Takes<typeof before, [string]>,
  Takes<typeof between, [string, number]>,
  Takes<typeof behind, [string]>,
  Takes<typeof perhaps, [string]>,
  Takes<typeof injectedRest, [string]>,
  Takes<typeof calls, [string]>,
  Takes<typeof widest, [unknown, any]>,
] = [true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true];

export async function called(tool: Tool<typeof plain>, listed: Tool<typeof before, [key: string, count?: number]>): Promise<number> {
  const days: number = await tool("Oslo", 2);
  const text: string = await listed("key");
  // @ts-expect-error
  await tool("Oslo");
  // @ts-expect-error
  await tool(2, "Oslo");
  // @ts-expect-error
  await listed(true);
  // @ts-expect-error
  const wrong: string = await tool("Oslo", 2);
  return days + text.length + wrong.length + held.length;
}
`;

const contracts = join(import.meta.dirname, "../../templates/runtime/contracts");
const path = join(contracts, "../tool-type-of-a-user.ts");

function problemsUnder(options: ts.CompilerOptions): readonly string[] {
  const all: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    types: ["node"],
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
    ...options,
  };
  const disk = ts.createCompilerHost(all);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (name) => name === path || disk.fileExists(name),
    getSourceFile: (name, ...rest) =>
      name === path ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2023) : disk.getSourceFile(name, ...rest),
  };
  const program = ts.createProgram({ rootNames: [path], options: all, host });
  const file = program.getSourceFile(path);
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ start = 0, messageText }) =>
      `${String(source.slice(0, start).split("\n").length)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
  );
}

test.each<[string, ts.CompilerOptions]>([
  ["strict", { strict: true }],
  ["strict, with exact optional properties", { strict: true, exactOptionalPropertyTypes: true }],
  ["not strict", { strict: false }],
])("a tool takes the data parameters of its function: %s", (_what, options) => {
  expect(problemsUnder(options)).toEqual([]);
});
