/** The tags of a `@config` interface and of its members → names of variables, and what has to stay secret. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { PlacedTag } from "../constraints/constraints.js";

/** What the tags of an enclosing object say for all in it. */
export interface Enclosing {
  readonly prefix: string;
  readonly secret: boolean;
}

export interface MemberTags {
  /** The variable's name; of a group, what the names in it begin with. */
  readonly variable: string;
  readonly secret: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export function readMemberTags(name: string, tags: readonly PlacedTag[], enclosing: Enclosing): MemberTags {
  const secret = tags.find((tag) => tag.name === "secret");
  const env = tags.find((tag) => tag.name === "env");
  const misplaced = secret && secret.text.trim() !== "" ? [refuse("`@secret` takes no value", secret)] : [];
  const isSecret = enclosing.secret || secret !== undefined;
  if (!env) return { variable: enclosing.prefix + toVariable(name), secret: isSecret, diagnostics: misplaced };
  const diagnostics = isVariable(env.text.trim()) ? misplaced : [...misplaced, refuseName(env)];
  return { variable: env.text.trim(), secret: isSecret, diagnostics };
}

/** `@config SHOP_`: what all names begin with. */
export function readPrefix(tag: PlacedTag): Enclosing & { readonly diagnostics: readonly Diagnostic[] } {
  const text = tag.text.trim();
  if (text === "") return { prefix: "", secret: false, diagnostics: [] };
  return { prefix: toPrefix(text), secret: false, diagnostics: isVariable(text) ? [] : [refuseName(tag)] };
}

/** `DATABASE` and `DATABASE_` are the same. */
export function toPrefix(text: string): string {
  return text.endsWith("_") ? text : `${text}_`;
}

/** `apiBaseUrl` → `API_BASE_URL`, `HTTPPort` → `HTTP_PORT`. */
function toVariable(name: string): string {
  return name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, "$1_$2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1_$2")
    .replace(/[^\p{L}\d]+/gu, "_")
    .toUpperCase();
}

/** What shells and Docker take for a name. */
export function isVariable(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

function refuseName(tag: PlacedTag): Diagnostic {
  return refuse(`\`@${tag.name}\` expects the name of a variable, such as \`API_KEY\``, tag);
}

function refuse(message: string, { span }: PlacedTag): Diagnostic {
  return diagnostic("MG404", message, { span });
}
