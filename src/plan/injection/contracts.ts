/** Which types the server itself hands to each call. Identity decides, never a name or a shape: a `Context` of the user's own is none. */
import type { TypeKey } from "../../model/api.js";
import type { ContractName } from "../../model/plan.js";
import { isGlobal } from "../../model/keys.js";

const ofMcpgen: ReadonlySet<string> = new Set<ContractName>([
  ...(["Context", "Logger", "Metrics", "Progress", "Caller", "RequestInfo", "Elicit", "Sample", "Tool"] as const),
]);

export function contractOf(key: TypeKey | undefined): ContractName | undefined {
  if (!key) return undefined;
  if (key.module === "mcpgen" && ofMcpgen.has(key.name)) return key.name as ContractName;
  return isGlobal(key) && key.name === "AbortSignal" ? "AbortSignal" : undefined;
}

/** One for all calls, so that singletons may hold on to it. */
export function isServerWide(contract: ContractName): boolean {
  return contract === "Logger" || contract === "Metrics";
}
