/** CallPlan → the arrow function that calls the user's function. */
import type { ArgumentPlan, CallerPart, CallPlan, Completion } from "../../model/plan.js";
import { array, arrow, atom, call, object, type Code } from "../code/code.js";
import { jsonToCode } from "../code/json-code.js";
import { createNames } from "../code/names.js";
import { propertyKey, stringLiteral } from "../code/text.js";

/** What a call is aborted by. */
const signalMember: keyof import("../../../templates/runtime/call/tool-call.js").Contracts = "signal";

/** What a call without a caller is refused by, in the runtime. */
export const requireCaller = { module: "context/caller.js", name: "requireCaller" };

export function isRequired(argument: ArgumentPlan): boolean {
  return argument.kind === "contract" && argument.absence === "refused";
}

/** What stands behind it where it may be missing and the parameter takes no undefined. */
export function orNull(argument: ArgumentPlan): string {
  return argument.kind === "contract" && argument.absence === "null" ? " ?? null" : "";
}

/** What a call ends by that may be shorter, in the runtime. */
export const upToLast = { module: "arguments/absent.js", name: "upToLast" };

/** In the file of a function that takes something of a caller: what reads it, by the parameter's name. */
export const checkedConstant = "ofCaller";

/** In the file of a function that takes an `Elicit`: its forms, by the parameter's name. */
export const formsConstant = "forms";

export interface Calling {
  /** Or of the object that the function is a member of; nothing is imported where it is called on an instance. */
  readonly callee: string;
  /** Where it is called in a thread: the local name of what does so, and the tool's name. */
  readonly worker?: { readonly inWorker: string; readonly tool: string };
  /** The local name of the function, where an argument is required. */
  readonly requireCaller?: string;
  /** The local name of the function, where arguments may be absent at the end. */
  readonly upToLast?: string;
  /** The type of what is not an argument, where it cannot be inferred. */
  readonly given?: string;
}

/** Absent arguments are passed on as undefined, so that the function's own defaults apply. */
export function renderCall(plan: CallPlan, calling: Calling): Code {
  const { callee, worker, requireCaller = "", upToLast = "", given = "" } = calling;
  // The function's parameters hide what the file declares; only what is called must stay in sight.
  const inSight = [callee, requireCaller, upToLast, checkedConstant, formsConstant];
  const names = createNames([...inSight, ...(worker ? [worker.inWorker] : [])]);
  const whole = plan.arguments.some((argument) => argument.kind === "all");
  const input = whole ? names.allocate("input", "Argument") : "";
  const locals = new Map<string, string>();
  const dataPattern: string[] = [];
  const [contractPattern, toolPattern]: [string[], string[]] = [[], []];
  const take = (key: string, member: string, suffix: string): void => {
    if (locals.has(key)) return;
    const local = names.allocate(member, suffix);
    locals.set(key, local);
    contractPattern.push(bind(member, local));
  };
  if (plan.instance?.kind === "dependency") take(dependency(plan.instance.name), plan.instance.name, "Dependency");
  for (const argument of plan.arguments) {
    if ("completed" in argument)
      take(contract(argument.completed.contract.member), argument.completed.contract.member, "Contract");
    if (argument.kind === "argument" || argument.kind === "rest") {
      const local = names.allocate(argument.name, "Argument");
      locals.set(argument.name, local);
      dataPattern.push(`${bind(argument.name, local)}${argument.kind === "rest" && argument.optional ? " = []" : ""}`);
    } else if (argument.kind === "contract" && argument.tool !== undefined) {
      locals.set(handed(argument.tool), names.allocate(argument.tool, "Tool"));
      toolPattern.push(bind(argument.tool, locals.get(handed(argument.tool)) ?? argument.tool));
    } else if (argument.kind === "contract") {
      const { member } = argument.contract;
      take(contract(member), member, "Contract");
    } else if (argument.kind === "dependency") {
      take(dependency(argument.name), argument.name, "Dependency");
    }
  }
  const { text: called, type: calledType } = calledOf(plan, callee, locals);
  const all = plan.arguments.map((argument, index) =>
    argument.kind === "constant" && !argument.cast
      ? jsonToCode(argument.value)
      : atom(argumentText(argument, { locals, input, calledType, requireCaller, index }), "word"),
  );
  const args = endAtLast(all, plan.always, upToLast);
  const data = whole ? [atom(input, "word")] : dataPattern.length > 0 ? [pattern(dataPattern)] : [];
  const signal = worker ? names.allocate(signalMember, "Contract") : "";
  if (worker) contractPattern.push(bind(signalMember, signal));
  const injected = pattern(contractPattern);
  const typed = given === "" ? injected : atom(`${injected.flat}: ${given}`, "word");
  const tools = toolPattern.length > 0 ? [pattern(toolPattern)] : [];
  const contracts =
    contractPattern.length > 0 ? [typed] : tools.map(() => unused(names.allocate("_given", "Contracts")));
  const body = worker
    ? call(`${worker.inWorker}<typeof ${callee}>`, [
        atom(stringLiteral(worker.tool), "string"),
        array(args),
        atom(signal, "word"),
      ])
    : call(called, args);
  const first = data.length === 0 && contracts.length > 0 ? [unused("_")] : data;
  return arrow([...first, ...contracts, ...tools], body);
}

function endAtLast(all: readonly Code[], always: number | undefined, upToLast: string): readonly Code[] {
  if (always === undefined) return all;
  return [...all.slice(0, always), call(`...${upToLast}`, [array(all.slice(always))])];
}

function unused(name: string): Code {
  return atom(name, "word");
}

interface Called {
  readonly text: string;
  /** Of the function. */
  readonly type: string;
}

/** A method is called on what it belongs to, and so has its `this`. */
function calledOf({ callee, instance }: CallPlan, local: string, locals: ReadonlyMap<string, string>): Called {
  if (callee.member === undefined) return { text: local, type: `typeof ${local}` };
  const access = memberAccess(callee.member);
  if (instance?.kind !== "dependency")
    return { text: `${local}${access}`, type: `(typeof ${local})[${stringLiteral(callee.member)}]` };
  const on = locals.get(dependency(instance.name)) ?? instance.name;
  const type = `Dependencies[${stringLiteral(instance.name)}][${stringLiteral(callee.member)}]`;
  return { text: `${on}${access}`, type };
}

/** Of a parameter that a tool is handed to, as the function has it. */
export function typeOfHanded(plan: CallPlan, parameter: string, local: string): string {
  const index = plan.arguments.findIndex((each) => each.kind === "contract" && each.tool === parameter);
  return `Parameters<${calledOf(plan, local, new Map()).type}>[${index}]`;
}

/** An argument may have the name of a contract's member. */
function contract(member: string): string {
  return `contract ${member}`;
}

/** The function of a tool that is handed over. */
function handed(parameter: string): string {
  return `handed ${parameter}`;
}

/** An argument may have a dependency's name. */
function dependency(name: string): string {
  return `dependency ${name}`;
}

export function bind(name: string, local: string): string {
  return name === local ? name : `${propertyKey(name)}: ${local}`;
}

function pattern(bindings: readonly string[]): Code {
  return object(bindings.map((text) => ({ value: atom(text, "word") })));
}

/** All parameters from the given one on. */
function restTuple(calledType: string, index: number): string {
  const before = Array.from({ length: index }, () => "unknown, ").join("");
  return index === 0
    ? `Parameters<${calledType}>`
    : `Parameters<${calledType}> extends [${before}...infer Rest] ? Rest : never`;
}

type Locals = ReadonlyMap<string, string>;

interface ArgumentScope {
  readonly locals: Locals;
  readonly input: string;
  readonly calledType: string;
  readonly requireCaller: string;
  readonly index: number;
}

function argumentText(argument: ArgumentPlan, scope: ArgumentScope): string {
  const { locals, input, calledType, requireCaller, index } = scope;
  if (argument.kind === "contract") {
    if (argument.tool !== undefined) return locals.get(handed(argument.tool)) ?? "undefined";
    const local = locals.get(contract(argument.contract.member)) ?? "undefined";
    if (argument.form) return `${formsConstant}${memberAccess(argument.form.parameter)}(${local})`;
    if (argument.part) return partText(argument, argument.part, { ...scope, local });
    return isRequired(argument) ? `${requireCaller}(${local})` : `${local}${orNull(argument)}`;
  }
  const type = `Parameters<${calledType}>[${index}]`;
  if (argument.kind === "dependency") {
    const local = locals.get(dependency(argument.name)) ?? "undefined";
    const value = argument.member === undefined ? local : `${local}${memberAccess(argument.member)}`;
    return `${value}${argument.orNull ? " ?? undefined" : ""}${argument.cast ? ` as ${type}` : ""}`;
  }
  if (argument.kind === "absent")
    return argument.completed ? completedText([], argument.completed, locals) : "undefined";
  if (argument.kind === "constant") return `${jsonToCode(argument.value).flat}${argument.cast ? ` as ${type}` : ""}`;
  const local = argument.kind === "all" ? input : (locals.get(argument.name) ?? "undefined");
  if (argument.kind === "rest")
    return argument.cast
      ? `...(${local} as ${argument.optional ? `${type}[]` : restTuple(calledType, index)})`
      : `...${local}`;
  const { completed } = argument;
  const value = completed ? completedText([`...${local}`], completed, locals) : local;
  return argument.cast ? `${value} as ${type}` : value;
}

/** `{ ...options, signal }` */
function completedText(
  given: readonly string[],
  { contract: { member }, members }: Completion,
  locals: Locals,
): string {
  const local = locals.get(contract(member)) ?? "undefined";
  return object([...given, ...members.map((name) => bind(name, local))].map((text) => ({ value: atom(text, "word") })))
    .flat;
}

/** Of a caller who has to be there, or of one who may be. */
function partText(
  argument: Extract<ArgumentPlan, { kind: "contract" }>,
  part: CallerPart,
  { calledType, index, requireCaller, local }: ArgumentScope & { readonly local: string },
): string {
  const isNeeded = isRequired(argument);
  const whole = isNeeded ? `${requireCaller}(${local})` : local;
  const value =
    part.kind === "id"
      ? `${whole}${isNeeded ? "" : "?"}.id`
      : `${checkedConstant}${memberAccess(part.parameter)}(${whole})`;
  const full = `${value}${orNull(argument)}`;
  if (!part.cast) return full;
  return `${orNull(argument) === "" ? full : `(${full})`} as Parameters<${calledType}>[${index}]`;
}

export function memberAccess(name: string): string {
  const key = propertyKey(name);
  return key === name ? `.${name}` : `[${key}]`;
}
