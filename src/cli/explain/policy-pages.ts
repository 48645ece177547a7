/** What `mcpgen explain @TAG` tells of the tags of policies: their rows, and the pages of two tags beside them. */
import { policyRows, policyTagNames, type PolicyTagName } from "../../language/policies/policies.js";
import { fromPage } from "./from-page.js";
import type { PolicyPage } from "./policy-page.js";
import { workerPage } from "./worker-page.js";

/** `worker` is a flag, a policy without sizes that no environment switches off; `from` is about an argument. */
export type PageName = PolicyTagName | "worker" | "from";

const ofRows = Object.fromEntries(policyTagNames.map((name) => [name, pageOf(name)])) as Readonly<
  Record<PolicyTagName, PolicyPage>
>;

export const policyPages: Readonly<Record<PageName, PolicyPage>> = { ...ofRows, worker: workerPage, from: fromPage };

function pageOf(name: PolicyTagName): PolicyPage {
  const { page, grammar } = policyRows[name];
  const { title, text, example, calls } = page;
  const keys = Object.fromEntries(Object.entries(grammar.keys).map(([key, { means }]) => [key, means]));
  return { title, text, keys, example, calls };
}
