// For tests: a client that answers from a list instead of the network. All else is the real one's: limits, attempts,
// redirects, sizes, errors. Time between attempts is not waited for.
import type { HttpClient } from "../contracts/http.js";
import { pause } from "../resilience/pause.js";
import { createHttpClient } from "./client.js";
import type { Answer, Attempt } from "./send.js";

export interface MockResponse {
  /** What is answered: `GET https://api.example.com/users`; a URL without a query takes any. Absent: whatever comes. */
  readonly to?: string;
  /** 200 unless given. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: string | Uint8Array;
  /** Milliseconds until it comes. */
  readonly delay?: number;
  /** Instead of an answer; a string is the code of a network error, such as `ECONNREFUSED`. */
  readonly error?: Error | string;
}

export interface MockCall {
  readonly method: string;
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface MockHttpClient extends HttpClient {
  /** Adds answers; each is given once, the first that fits. */
  withResponses(responses: readonly MockResponse[]): MockHttpClient;
  /** In the order in which they came, repeated attempts included. */
  readonly calls: readonly MockCall[];
  readonly callCount: number;
  /** Throws when answers are left that nobody asked for. */
  assertDone(): void;
}

export function mockHttpClient(responses: readonly MockResponse[] = []): MockHttpClient {
  const pending = [...responses];
  const calls: MockCall[] = [];
  const send = async (attempt: Attempt): Promise<Answer> => {
    calls.push(noteCall(attempt));
    const index = pending.findIndex((response) => fits(response, attempt));
    const [response] = index === -1 ? [] : pending.splice(index, 1);
    if (response === undefined) throw new Error(`Unexpected request: ${show(attempt)}. ${listExpected(pending)}`);
    await pause(response.delay ?? 0, attempt.signal);
    return answerOf(response, attempt.signal);
  };
  const skip = async (_milliseconds: number, signal: AbortSignal): Promise<void> => pause(0, signal);
  const mock: MockHttpClient = {
    ...createHttpClient({ send, pause: skip }),
    withResponses(more) {
      pending.push(...more);
      return mock;
    },
    calls,
    get callCount() {
      return calls.length;
    },
    assertDone() {
      if (pending.length > 0) throw new Error(`Not all was asked for. ${listExpected(pending)}`);
    },
  };
  return mock;
}

function noteCall({ method, url, headers, body }: Attempt): MockCall {
  return { method, url: url.href, headers, body: body === undefined ? undefined : Buffer.from(body).toString("utf8") };
}

function fits({ to }: MockResponse, attempt: Attempt): boolean {
  if (to === undefined) return true;
  return to.includes("?") ? to === show(attempt) : to === show(attempt).replace(/\?.*$/, "");
}

function show({ method, url }: Attempt): string {
  return `${method} ${url.href}`;
}

function listExpected(pending: readonly MockResponse[]): string {
  if (pending.length === 0) return "No answer is left.";
  return `Left: ${pending.map(({ to = "any request" }) => to).join(", ")}.`;
}

function answerOf({ status = 200, headers = {}, json, body, error }: MockResponse, signal: AbortSignal): Answer {
  if (typeof error === "string") throw Object.assign(new Error(error), { code: error });
  if (error !== undefined) throw error;
  const bytes = Buffer.from(body ?? (json === undefined ? "" : JSON.stringify(json)));
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return { status, headers: Object.fromEntries(lower), body: inChunks(bytes, signal), discard: () => undefined };
}

async function* inChunks(bytes: Buffer, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    await pause(0, signal);
    yield bytes.subarray(start, start + chunkBytes);
  }
}

const chunkBytes = 16_384;
