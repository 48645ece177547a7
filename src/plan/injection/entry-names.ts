/** A provider → the name of what it makes, in the container and in the calls of tools: `provideUsers` makes `users`. */
import { contractMembers } from "../../language/injected/injected.js";
import type { BuiltInRow } from "../../language/injected/injected-row.js";
import type { ConfigModel, FunctionModel, ProviderModel } from "../../model/api.js";

/** Members of the per-call contracts, which what is injected stands beside, and what construction code itself uses. */
const taken: ReadonlySet<string> = new Set([...contractMembers, "open", "start", "container"]);

const verb = /^(?:provide|create|make|open|build|get|new|connect|load|init|setup)(?=[A-Z])/;

/** Adds the name to `used`. */
export function nameEntry(provider: ProviderModel, used: Set<string>): string {
  return allocate(
    lowerInitials(verb.test(provider.name) ? provider.name.replace(verb, "") : provider.produces.name),
    used,
  );
}

/** `ShopConfig` → `shopConfig`. */
export function nameConfig({ key }: ConfigModel, used: Set<string>): string {
  return allocate(lowerInitials(key.name), used);
}

/** What the environment fills of a function's parameters: `listOrders` → `listOrdersSettings`. */
export function nameSettings({ name }: FunctionModel, used: Set<string>): string {
  return allocate(`${lowerInitials(name)}Settings`, used);
}

export function nameBuiltIn({ entry }: BuiltInRow, used: Set<string>): string {
  return allocate(entry, used);
}

/** Of the entry that is lent from it. */
export function namePool(entry: string, used: Set<string>): string {
  return allocate(`${entry}Pool`, used);
}

function allocate(base: string, used: Set<string>): string {
  const plain = taken.has(base) ? `${base}Dependency` : base;
  let name = plain;
  for (let count = 2; used.has(name); count++) name = `${plain}${count}`;
  used.add(name);
  return name;
}

/** `HTTPClient` → `httpClient`, `Users` → `users`. */
function lowerInitials(text: string): string {
  return text.replace(/^\p{Lu}+(?=\p{Lu}\p{Ll})|^\p{Lu}+$|^\p{Lu}/u, (capitals) => capitals.toLowerCase());
}
