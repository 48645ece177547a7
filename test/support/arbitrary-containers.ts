/** Random containers: names of all lengths, every form and scope, each entry in need of some before it. */
import fc from "fast-check";
import { somePolicies } from "./arbitrary-plans.js";
import { planContract } from "../../src/language/injected/injected.js";
import type { ContainerPlan, DependencyArgument, DependencyPlan } from "../../src/model/plan.js";

const span = { file: "src/a.ts", start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };

const name = fc.oneof(
  fc.stringMatching(/^[a-z][a-zA-Z]{0,30}$/),
  fc.constantFrom("delete", "größe", "open", "defineContainer", "opening"),
);

const draft = fc.record({
  name,
  callee: fc.oneof(name, fc.constant("default")),
  module: fc.constantFrom("src/a.ts", "src/orders/b.ts", `src/${"deep/".repeat(12)}c.ts`),
  form: fc.constantFrom("value", "promise", "generator" as const),
  isRequest: fc.boolean(),
  guard: fc.option(fc.record({ methods: fc.array(name, { minLength: 1, maxLength: 4 }), policies: somePolicies }), {
    nil: undefined,
    freq: 3,
  }),
  needs: fc.array(fc.nat(9), { maxLength: 5 }),
  extra: fc.constantFrom<DependencyArgument | undefined>(
    undefined,
    { kind: "absent" },
    { kind: "contract", contract: planContract("AbortSignal") },
  ),
});

export const anyContainer: fc.Arbitrary<ContainerPlan> = fc
  .uniqueArray(draft, { minLength: 1, maxLength: 10, selector: ({ name: each }) => each })
  .map((drafts) => {
    const entries: DependencyPlan[] = [];
    for (const { name: own, callee, module, form, isRequest, guard, needs, extra } of drafts) {
      const usable = entries.filter((entry) => isRequest || entry.scope === "singleton");
      const needed = [...new Set(needs)].flatMap((index) => usable[index] ?? []);
      const scope = isRequest ? "request" : "singleton";
      const groups = needed.filter((entry) => entry.scope === scope).map(({ group }) => group + 1);
      const given = extra?.kind === "contract" && !isRequest ? [] : extra ? [extra] : [];
      entries.push({
        name: own,
        key: { name: "T", module, arguments: [] },
        scope,
        group: Math.max(0, ...groups),
        source: {
          kind: "provider",
          reference: { module, export: callee },
          form,
          arguments: [...needed.map((entry) => ({ kind: "dependency" as const, name: entry.name })), ...given],
        },
        ...(guard && { guard }),
        span,
      });
    }
    return { entries };
  });
