// Whose messages clients are told although the errors themselves do not ask for it: those of all errors that a tool's
// function throws (`"errors": "messages"` in mcpgen.json), or of the classes that its `@throws` names.
import { kindOfCode, kindOfSentence } from "./codes.js";

/** Names of classes stand for themselves and for what extends them; `Error` for plain errors alone. */
export type Shows = "messages" | readonly string[];

const shown = new WeakSet();

export function isShown(error: unknown): boolean {
  return isObject(error) && shown.has(error);
}

/** The same call; what it throws remembers that it may be told. A text that is thrown becomes an error. */
export function showErrors<Input, Given>(
  shows: Shows,
  call: (input: Input, given: Given) => unknown,
): (input: Input, given: Given) => unknown {
  const fail = (error: unknown): never => {
    throw mark(error, shows);
  };
  const attempt = (run: () => unknown): unknown => {
    try {
      const value = run();
      return isThenable(value) ? Promise.resolve(value).catch(fail) : value;
    } catch (error) {
      return fail(error);
    }
  };
  // A call of one parameter takes nothing of the server, and is known by that.
  if (call.length < 2) return (input) => attempt(() => call(input, undefined as Given));
  return (input, given) => attempt(() => call(input, given));
}

function mark(error: unknown, shows: Shows): unknown {
  if (typeof error === "string" && shows === "messages") return mark(new Error(error), shows);
  if (isObject(error) && (shows === "messages" ? isAuthors(error) : isOfClass(error, shows))) shown.add(error);
  return error;
}

/** Not by the system, the network or a driver, which name paths, addresses and statements. */
export function isAuthors(error: object): boolean {
  const [name, code, message] = [read(error, "name"), read(error, "code"), read(error, "message")];
  const isKnown = [name, code].some((text) => typeof text === "string" && kindOfCode(text) !== undefined);
  return !isKnown && read(error, "syscall") === undefined && kindOfSentence(name, message) === undefined;
}

function isOfClass(error: object, names: readonly string[]): boolean {
  const [own = "Error", ...above] = classesOf(error);
  const name = read(error, "name");
  return (
    names.includes(own) ||
    (typeof name === "string" && name !== "Error" && names.includes(name)) ||
    above.some((each) => each !== "Error" && names.includes(each))
  );
}

const fromThreads = new WeakMap<object, readonly string[]>();

/** Its own class first. */
export function classesOf(error: unknown): readonly string[] {
  if (!isObject(error)) return [];
  const carried = fromThreads.get(error);
  if (carried !== undefined) return carried;
  const names: string[] = [];
  for (let type: unknown = Object.getPrototypeOf(error); isObject(type); type = Object.getPrototypeOf(type)) {
    const name = read(read(type, "constructor"), "name");
    if (typeof name === "string" && name !== "Object" && Object.hasOwn(type, "constructor")) names.push(name);
  }
  return names;
}

/** Of a copy, which has lost its class. */
export function rememberClasses(error: object, classes: readonly string[]): void {
  fromThreads.set(error, classes);
}

/** Getters may throw, and so may proxies. */
function read(value: unknown, key: string): unknown {
  try {
    return isObject(value) || typeof value === "function" ? (value as Record<string, unknown>)[key] : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return isObject(value) && "then" in value && typeof value.then === "function";
}
