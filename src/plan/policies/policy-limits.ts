/** The sizes that one function's policies are given → those that cannot hold together. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { PolicySettings, Setting } from "./policy-settings.js";
import { policyRows, type PolicyTagName } from "../../language/policies/policies.js";
import { millisecondsOf } from "./policy-values.js";

export function checkLimits(read: readonly PolicySettings[]): readonly Diagnostic[] {
  const find = (name: PolicyTagName, key: string): Setting | undefined =>
    read.find((each) => each.name === name)?.settings.get(key);
  const attempts = find("retry", "attempts");
  return [
    ...read.flatMap(({ name, settings }) =>
      (policyRows[name].within ?? []).flatMap(([part, whole]) =>
        checkOrder(part, settings.get(part), { key: whole, setting: settings.get(whole) }),
      ),
    ),
    ...(attempts ? checkAttempts(attempts, find) : []),
  ];
}

/** A part cannot be longer than the whole. */
function checkOrder(
  key: string,
  part: Setting | undefined,
  whole: { readonly key: string; readonly setting: Setting | undefined },
): readonly Diagnostic[] {
  const [shorter, longer] = [millisecondsOf(part?.value), millisecondsOf(whole.setting?.value)];
  if (!part || !whole.setting || shorter === undefined || longer === undefined || shorter <= longer) return [];
  const message = `\`${key}\` is longer than \`${whole.key}\`: ${part.written} against ${whole.setting.written}`;
  const help = `make \`${key}\` shorter, or \`${whole.key}\` longer`;
  return [diagnostic("MG422", message, { span: part.span, help })];
}

/** More of them only make an outage longer. */
const manyAttempts = 10;

function checkAttempts(
  attempts: Setting,
  find: (name: PolicyTagName, key: string) => Setting | undefined,
): readonly Diagnostic[] {
  const count = Number(attempts.value);
  const { span } = attempts;
  if (count > manyAttempts) {
    const help = `write ${String(manyAttempts)} or fewer`;
    return [
      diagnostic("MG421", `${String(count)} attempts keep a caller waiting and a broken service busy`, { span, help }),
    ];
  }
  const total = millisecondsOf(find("timeout", "total")?.value);
  const each = millisecondsOf(find("timeout", "each")?.value);
  const base = millisecondsOf(find("retry", "base")?.value ?? "100ms") ?? 0;
  const cap = millisecondsOf(find("retry", "cap")?.value ?? "5s") ?? 0;
  if (total === undefined || each === undefined || each > total) return [];
  // Waits are drawn from nothing to their bound: half of it on average.
  const waits = Array.from({ length: count - 1 }, (_, index) => Math.min(cap, base * 2 ** index) / 2);
  const before = waits.reduce((sum, wait) => sum + wait, (count - 1) * each);
  if (before < total) return [];
  const message = `attempt ${String(count)} cannot begin: the ones before it may take all of \`total\``;
  return [
    diagnostic("MG421", message, { span, help: "allow fewer attempts, a shorter one each, or a longer `total`" }),
  ];
}
