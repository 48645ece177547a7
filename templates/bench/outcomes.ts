/** The server's page of metrics before and after some calls of a tool → what its policies have done in them. */

/** By counter and labels, as in Prometheus's text: `cache_requests_total{outcome="hit_l1"}`. */
export type Outcomes = Readonly<Record<string, number>>;

/** The counters of one tool; those of a cache name the tool too. */
export function countersOf(page: string, tool: string): Outcomes {
  const own = [`tool=${JSON.stringify(tool)}`, `cache=${JSON.stringify(tool)}`, `circuit=${JSON.stringify(tool)}`];
  const counters = page.split("\n").flatMap((line): (readonly [string, number])[] => {
    const [, name = "", labels = "", value = ""] = /^(\w+_total)\{(.*)\} (\S+)$/.exec(line) ?? [];
    const given = labels.split(",");
    if (!own.some((label) => given.includes(label))) return [];
    return [[`${name}{${given.filter((label) => !own.includes(label)).join(",")}}`, Number(value)]];
  });
  return Object.fromEntries(counters);
}

/** What has been counted in between. */
export function countedBetween(before: Outcomes, after: Outcomes): Outcomes {
  const grown = Object.entries(after).map(([name, value]) => [name, value - (before[name] ?? 0)] as const);
  return Object.fromEntries(grown.filter(([, value]) => value > 0));
}
