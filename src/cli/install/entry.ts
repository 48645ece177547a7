/** The server, the client and what its file has already → the entry that the file is to have. */
import { isJsonObject, type JsonValue } from "../../model/json.js";
import type { ClientRow, Entry } from "./clients.js";
import { isList } from "./format.js";
import type { RequiredVariable } from "./variables.js";

export type Connection =
  | {
      readonly kind: "stdio";
      /** Absolute, as is the server. */
      readonly node: string;
      readonly server: string;
      /** Said by the user, for this entry. */
      readonly given: Readonly<Record<string, string>>;
      readonly required: readonly RequiredVariable[];
    }
  | { readonly kind: "http"; readonly url: string };

/** An element of `inputs`: what the client asks its user for. */
export interface Input {
  readonly type: "promptString";
  readonly id: string;
  readonly description: string;
  readonly password?: true;
}

export interface Wanted {
  /** All of the entry, what the user has added to it included. */
  readonly entry: Entry;
  readonly inputs: readonly Input[];
  /** What is required and has no value in the entry. */
  readonly open: readonly string[];
}

interface Place {
  readonly name: string;
  readonly row: ClientRow;
  /** The entry that the file has; absent where it has none, or one that is to go. */
  readonly before: Entry | undefined;
}

/** Undefined where the client's file has no servers that are reached so. */
export function makeEntry(connection: Connection, place: Place): Wanted | undefined {
  const { row, before } = place;
  if (connection.kind === "http") {
    const entry = row.http?.(connection.url);
    return entry && { entry: join(before, entry), inputs: [], open: [] };
  }
  const { node, server, given, required } = connection;
  const kept = environmentOf(before);
  const open = required.filter(({ name }) => given[name] === undefined && (kept[name] ?? "") === "");
  const { env, inputs, forwarded } = ask(open, place);
  const all = { ...kept, ...env, ...given };
  const entry = {
    ...row.stdio,
    ...{ command: node, args: argumentsFor(server, before) },
    ...(Object.keys(all).length > 0 && { env: all }),
    ...forwarded,
  };
  return { entry: join(before, entry), inputs, open: open.map(({ name }) => name) };
}

/** By which an entry is known to be of this project. */
export interface Known {
  /** The bundle, absolute. */
  readonly server: string;
  readonly url: string | undefined;
}

/** Whether the entry starts this server, or reaches this URL: then it may be changed. */
export function isOurs(entry: JsonValue | undefined, { server, url }: Known): boolean {
  if (!isJsonObject(entry)) return false;
  const { args } = entry;
  if (Array.isArray(args) && args.includes(server)) return true;
  return url !== undefined && ["url", "serverUrl", "httpUrl"].some((field) => entry[field] === url);
}

/** Another way of reaching the server is another entry: nothing of the old one is for it. */
function join(before: Entry | undefined, entry: Entry): Entry {
  if (before === undefined || "command" in before !== "command" in entry) return entry;
  return { ...before, ...entry };
}

interface Asked {
  readonly env: Readonly<Record<string, string>>;
  readonly inputs: readonly Input[];
  readonly forwarded: Entry;
}

function ask(open: readonly RequiredVariable[], { row: { asking }, name, before }: Place): Asked {
  const nothing = { env: {}, inputs: [], forwarded: {} };
  const names = open.map((variable) => variable.name);
  if (names.length === 0) return nothing;
  switch (asking.kind) {
    case "none":
      return nothing;
    case "reference":
      return { ...nothing, env: Object.fromEntries(names.map((each) => [each, asking.write(each)])) };
    case "forward": {
      const kept = before?.[asking.field] ?? [];
      const all = new Set([...(isList(kept) ? kept : []), ...names]);
      return { ...nothing, forwarded: { [asking.field]: [...all] } };
    }
    case "input": {
      const inputs = open.map((variable) => inputOf(variable, name));
      const env = Object.fromEntries(names.map((each) => [each, asking.write(idOf(each, name))]));
      return { ...nothing, env, inputs };
    }
  }
}

function inputOf({ name, secret, description = name }: RequiredVariable, server: string): Input {
  const [line = name] = description.trim().split("\n");
  return { type: "promptString", id: idOf(name, server), description: line, ...(secret && { password: true }) };
}

/** Servers of one file may read variables of one name. */
function idOf(variable: string, server: string): string {
  return `${server}-${variable}`;
}

/** The user may have added flags, of Node.js or of the server. */
function argumentsFor(server: string, before: Entry | undefined): JsonValue {
  const kept = before?.["args"] ?? [];
  return isList(kept) && kept.includes(server) ? kept : [server];
}

function environmentOf(entry: Entry | undefined): Entry {
  const env = entry?.["env"];
  return isJsonObject(env) ? env : {};
}
