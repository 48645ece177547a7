/** The sizes that one function's policies are given → those that cannot hold together. */
import { diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { PolicySettings, Setting } from "./policy-settings.js";
import type { PolicyTagName } from "./policy-tags.js";
import { millisecondsOf } from "./policy-values.js";

export function checkLimits(read: readonly PolicySettings[]): readonly Diagnostic[] {
  const find = (name: PolicyTagName, key: string): Setting | undefined =>
    read.find((each) => each.name === name)?.settings.get(key);
  return [
    ...checkOrder("each", find("timeout", "each"), { key: "total", setting: find("timeout", "total") }),
    ...checkOrder("base", find("retry", "base"), { key: "cap", setting: find("retry", "cap") }),
    ...checkOrder("l1", find("cache", "l1"), { key: "ttl", setting: find("cache", "ttl") }),
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
