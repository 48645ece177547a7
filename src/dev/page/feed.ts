/** What happens while servers come and go → those who watch it; the last of it is kept for who comes later. */
import { stripVTControlCharacters } from "node:util";
import { hideSecret, isSecretKey, redactFields, redactText } from "../../../templates/runtime/logging/redact.js";
import { isJson, memberOf, type Json, type Request } from "../protocol/message.js";
import type { BuildNews, Call, Ended, News } from "./news.js";

/** A call that runs: it is told how it ends, and what its policies did. */
export interface RunningCall {
  /** The answer as its client gets it; undefined where the client has left. */
  end(answer: Json | undefined): void;
  count(outcomes: Readonly<Record<string, number>>): void;
}

export interface Feed {
  build(news: BuildNews): void;
  /** Undefined where the request is nothing to watch. */
  begin(request: Request, client: string): RunningCall | undefined;
  line(text: string): void;
  files(files: Readonly<Record<string, string>>): void;
  /** Values of an environment that are shown nowhere from now on: those of telling names, and of these. */
  hide(environment: Environment, names: readonly string[]): void;
  /** Calls with all that is kept, then with what is new. Returns what ends it. */
  watch(onNews: (news: News) => void): () => void;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Strings are no longer than the redactor leaves them. */
const kept = { calls: 200, lines: 500, characters: 8_000 } as const;

/** What calls something of the user's, by its member that says what. */
const watched: Readonly<Record<string, string>> = {
  "tools/call": "name",
  "prompts/get": "name",
  "resources/read": "uri",
  "completion/complete": "ref",
};

export function createFeed(): Feed {
  return new KeptFeed();
}

class KeptFeed implements Feed {
  private readonly calls = new Map<number, Call>();
  private readonly lines: Extract<News, { readonly kind: "line" }>[] = [];
  private readonly listeners = new Set<(news: News) => void>();
  /** The newest of each kind that replaces the one before. */
  private readonly newest = new Map<News["kind"], News>();
  private last = 0;

  build(build: BuildNews): void {
    this.keep({ kind: "build", build });
  }

  files(files: Readonly<Record<string, string>>): void {
    this.keep({ kind: "files", files });
  }

  line(text: string): void {
    const news = { kind: "line", line: redactText(stripVTControlCharacters(text)), at: Date.now() } as const;
    this.lines.push(news);
    if (this.lines.length > kept.lines) this.lines.shift();
    this.tell(news);
  }

  begin({ method, json }: Request, client: string): RunningCall | undefined {
    const member = watched[method];
    if (member === undefined) return undefined;
    const params = memberOf(json, "params");
    const asked = params["arguments"] ?? params["argument"] ?? {};
    const name = params[member];
    const id = ++this.last;
    const at = Date.now();
    this.put({
      ...{ id, at, method, client: redactText(client), arguments: showJson(asked) },
      name: redactText(typeof name === "string" ? name : JSON.stringify(name ?? "")),
    });
    return {
      end: (answer) => {
        this.change(id, { ended: { milliseconds: Date.now() - at, ...readAnswer(answer) } });
      },
      count: (outcomes) => {
        this.change(id, { outcomes });
      },
    };
  }

  hide(environment: Environment, names: readonly string[]): void {
    for (const [name, value] of Object.entries(environment))
      if (value && (isSecretKey(name) || names.includes(name))) hideSecret(value);
  }

  watch(onNews: (news: News) => void): () => void {
    for (const news of this.newest.values()) onNews(news);
    // What is known to be secret by now may not have been when it was kept.
    for (const call of this.calls.values()) onNews({ kind: "call", call: hideIn(call) });
    for (const news of this.lines) onNews({ ...news, line: redactText(news.line) });
    this.listeners.add(onNews);
    return () => this.listeners.delete(onNews);
  }

  private keep(news: News): void {
    this.newest.set(news.kind, news);
    this.tell(news);
  }

  private change(id: number, changes: Partial<Call>): void {
    const call = this.calls.get(id);
    if (call) this.put({ ...call, ...changes });
  }

  private put(call: Call): void {
    this.calls.set(call.id, call);
    const [oldest] = this.calls.keys();
    if (this.calls.size > kept.calls && oldest !== undefined) this.calls.delete(oldest);
    this.tell({ kind: "call", call });
  }

  private tell(news: News): void {
    for (const listener of this.listeners) listener(news);
  }
}

function hideIn(call: Call): Call {
  const { ended } = call;
  return {
    ...call,
    arguments: redactText(call.arguments),
    ...(ended && { ended: { ...ended, result: redactText(ended.result) } }),
  };
}

function readAnswer(answer: Json | undefined): Pick<Ended, "how" | "result"> {
  if (answer === undefined) return { how: "left", result: "" };
  const { error, result } = answer;
  if (error !== undefined && error !== null) return { how: "failed", result: showJson(error) };
  const isError = isJson(result) && result["isError"] === true;
  return { how: isError ? "error" : "answered", result: showJson(result) };
}

/** As the log would have it: without secrets, and no longer than is read. */
function showJson(value: unknown): string {
  const text = JSON.stringify(redactFields({ value })["value"] ?? null, null, 2);
  return text.length > kept.characters ? `${text.slice(0, kept.characters)}…` : text;
}
