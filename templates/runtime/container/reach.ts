// Which dependencies are needed, and by whom.
import type { NeedyTool } from "../call/dependencies.js";

export type Providers = Readonly<Record<string, ProviderEntry>>;

export interface ProviderEntry {
  /** The function and its file, for messages. */
  readonly provider: string;
  /** What it is called with of the others, by name. */
  readonly needs: readonly string[];
  /** Unless it lives as long as the server. */
  readonly scope?: "request";
}

/** All that has to be made for these: what is overridden needs nothing. */
export function reach(names: readonly string[], providers: Providers, overrides: object): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = [...names];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (reached.has(name) || Object.hasOwn(overrides, name)) continue;
    reached.add(name);
    pending.push(...(providers[name]?.needs ?? []));
  }
  return reached;
}

export interface NeededBy {
  readonly providers: Providers;
  readonly tools: readonly NeedyTool[];
  readonly overrides: object;
}

/** Who needed it, and who needed that, up to a tool: a line each. */
export function explainNeed(name: string, { providers, tools, overrides }: NeededBy): readonly string[] {
  const lines: string[] = [];
  const needed = reach(
    tools.flatMap((tool) => tool.needs ?? []),
    providers,
    overrides,
  );
  for (let current: string | undefined = name; current !== undefined;) {
    const wanted: string = current;
    const tool = tools.find(({ needs }) => needs?.includes(wanted));
    if (tool) return [...lines, `needed by the tool \`${tool.name}\``];
    current = [...needed].find((other) => providers[other]?.needs.includes(wanted));
    if (current !== undefined) lines.push(`needed by \`${current}\`, from ${providers[current]?.provider ?? ""}`);
  }
  return lines;
}
