/** Where figures are from: those of another machine say nothing. */
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

export interface Environment {
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  /** Processes that ran or wanted to, on average over the minute before. */
  readonly load: number;
  readonly logLevel: string;
  /** Switched off while it was measured: `MCP_DISABLED_POLICIES`. */
  readonly disabledPolicies: string;
}

export function describeEnvironment({ LOG_LEVEL = "", MCP_DISABLED_POLICIES = "" }: NodeJS.ProcessEnv): Environment {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    logLevel: LOG_LEVEL,
    disabledPolicies: MCP_DISABLED_POLICIES,
  };
}

/** In words, what makes the two incomparable; undefined where nothing does. Another version of Node may be what is asked about. */
export function differenceOf(base: Environment, own: Environment): string | undefined {
  const told = (["platform", "cpu", "cores", "logLevel", "disabledPolicies"] as const).find(
    (name) => base[name] !== own[name],
  );
  return told && `${told} was ${JSON.stringify(base[told])} and is ${JSON.stringify(own[told])}`;
}
