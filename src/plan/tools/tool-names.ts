/** Names that clients see: from a function's name or its `@name` to a tool's name, and what is wrong with them. */
import type { Config } from "../../config/config.js";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { FunctionModel, Role } from "../../model/api.js";
import type { ClientName } from "../../model/clients.js";
import type { ServedPlan } from "../../model/plan.js";
import { findExceeded, wantLetterFirst } from "../surface/client-limits.js";
import { findTag } from "../surface/check-tags.js";

/** What all known clients ask for. */
const argumentName = /^[a-zA-Z0-9_.-]{1,64}$/;

export function nameTool(source: FunctionModel, naming: Config["naming"]): string {
  const tag = findTag(source.docs, "name");
  if (tag && tag.text.trim() !== "") return tag.text.trim();
  switch (naming) {
    case "as-is":
      return source.name;
    case "snake_case":
      return toSnakeCase(source.name);
    case "file_function":
      return [fileName(source.reference.module), source.name].map(toSnakeCase).filter(Boolean).join("_");
  }
}

/** Of `src/orders/index.ts` the folder's: every barrel is called index. */
function fileName(module: string): string {
  const steps = module.replace(/\.[cm]?ts$/, "").split("/");
  const last = steps.pop() ?? "";
  return last === "index" ? (steps.pop() ?? "") : last;
}

/** Tools, resources and prompts are named by one rule. */
export function checkName(name: string, source: FunctionModel, clients: readonly ClientName[]): readonly Diagnostic[] {
  const reason = refuseToolName(name, clients);
  if (reason === undefined) return [];
  const span = (findTag(source.docs, "batch") ?? findTag(source.docs, "name"))?.span ?? source.span;
  return [diagnostic("MG502", `\`${shorten(name)}\` cannot be a ${source.role}'s name: ${reason}`, { span })];
}

function refuseToolName(name: string, clients: readonly ClientName[]): string | undefined {
  const [exceeded] = findExceeded(clients, "nameLength", name.length);
  if (exceeded) return `it has ${name.length} characters; the most are ${exceeded.limit} for ${exceeded.clients}`;
  const strict = /^[0-9-]/.test(name) ? wantLetterFirst(clients) : undefined;
  if (strict !== undefined) return `it has to start with a letter or \`_\` for ${strict}`;
  const [bad] = /[^A-Za-z0-9_-]/u.exec(name) ?? [];
  if (bad === undefined) return undefined;
  return bad.trim() === "" ? "it has a space" : `it has a \`${bad}\``;
}

export interface ArgumentName {
  readonly name: string;
  /** The call reads it off the arguments, where it may be absent. */
  readonly mayMiss: boolean;
}

export function checkArgumentName({ name, mayMiss }: ArgumentName, span: FunctionModel["span"]): readonly Diagnostic[] {
  const isInherited = name === "__proto__" || (mayMiss && name in Object.prototype);
  if (argumentName.test(name) && !isInherited) return [];
  const message = `\`${shorten(name)}\` cannot be an argument's name`;
  const notes = [{ message: "every object has one: where the argument is left out, that would be found" }];
  return [diagnostic("MG503", message, { span, ...(isInherited && { notes }) })];
}

/** Messages stay on one line whatever the name is. */
function shorten(name: string): string {
  return name.length > 24 ? `${name.slice(0, 24)}…` : name;
}

export interface Clashes<Plan> {
  /** All whose name another has: which of them was meant cannot be known. */
  readonly clashing: ReadonlySet<Plan>;
  /** One for each but the first of a name, which the others point back to. */
  readonly diagnostics: readonly Diagnostic[];
}

export function findClashes<Plan extends ServedPlan>(role: Role, plans: readonly Plan[]): Clashes<Plan> {
  const first = new Map<string, Plan>();
  const clashing = new Set<Plan>();
  const diagnostics: Diagnostic[] = [];
  for (const plan of plans) {
    const earlier = first.get(plan.name);
    if (!earlier) {
      first.set(plan.name, plan);
      continue;
    }
    clashing.add(earlier).add(plan);
    const notes = [{ message: `\`${plan.name}\` is already the name of this one`, span: earlier.span }];
    const isOther = earlier.call.callee.module !== plan.call.callee.module;
    const help = isOther
      ? 'rename one of them, give it another name with `@name`, or set `"naming": "file_function"` in mcpgen.json'
      : undefined;
    diagnostics.push(diagnostic("MG501", `two ${role}s are called \`${plan.name}\``, { span: plan.span, notes, help }));
  }
  return { clashing, diagnostics };
}

/** `getHTTPResponse2` → get, HTTP, Response2. */
export function splitWords(name: string): readonly string[] {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

function toSnakeCase(name: string): string {
  return splitWords(name).join("_").toLowerCase();
}
