// The contract `HttpClient` on top of whatever sends. Made once: what belongs to a call (its signal, its deadline, its
// ids) is read when a request begins.
import type { HttpClient, HttpDefaults, HttpOptions, HttpResponse } from "../contracts/http.js";
import { classifyError } from "../errors/classify.js";
import { toMilliseconds } from "../time/duration.js";
import { statusError, type Asked } from "./errors.js";
import { exchange, type Network } from "./exchange.js";
import { limitRequest } from "./limits.js";
import { measureRequest } from "./measure.js";
import { attemptsFor, readRetryAfter } from "./repeat.js";
import { encodings, readAnswer } from "./response.js";
import { extendDefaults, resolveTarget } from "./target.js";

const defaultTimeout = "10s";
const defaultMaxBytes = 10_000_000;
/** Of the answer to what failed. */
const maxErrorText = 4_000;

/** How most services know whom they answer; some refuse those who do not say. */
const ownHeaders = { "accept-encoding": encodings, "user-agent": "mcp-server" };

const json = "application/json";

export function createHttpClient(network: Network, defaults: HttpDefaults = {}): HttpClient {
  const ask = (request: Request): Promise<Answered> => askWithin(network, defaults, request);
  return {
    request: async (method, url, options = {}) => (await ask({ method: method.toUpperCase(), url, options })).response,
    getJson: async <T>(url: string | URL, options: HttpOptions = {}) => {
      const headers = { accept: json, ...options.headers };
      return readJson<T>(await ask({ method: "GET", url, options: { ...options, headers } }));
    },
    postJson: async <T>(url: string | URL, body: unknown, options: HttpOptions = {}) => {
      const headers = { accept: json, "content-type": json, ...options.headers };
      const sent = { ...options, headers, body: JSON.stringify(body) };
      return readJson<T>(await ask({ method: "POST", url, options: sent }));
    },
    extend: (more) => createHttpClient(network, extendDefaults(defaults, more)),
  };
}

interface Request {
  readonly method: string;
  readonly url: string | URL;
  readonly options: HttpOptions;
}

interface Answered {
  readonly asked: Asked;
  readonly response: HttpResponse;
}

async function askWithin(
  network: Network,
  defaults: HttpDefaults,
  { method, url, options }: Request,
): Promise<Answered> {
  const target = resolveTarget(url, defaults, options);
  const asked = { method, url: target.url };
  const { timeout = defaultTimeout, maxBytes = defaultMaxBytes, attempts, signal, body } = { ...defaults, ...options };
  const limits = limitRequest(asked, { milliseconds: toMilliseconds(timeout), signal });
  const end = endOnce(measureRequest(method), limits.release);
  const headers = { ...ownHeaders, ...target.headers };
  const attempt = { ...asked, headers, body, signal: limits.signal, allowPrivate: target.allowPrivate };
  try {
    limits.signal.throwIfAborted();
    const answer = await exchange(network, { attempt, attempts: attemptsFor(method, attempts), limits });
    const done = (): void => end(String(answer.status));
    // An answer that nobody reads ends with the call or its time.
    limits.signal.addEventListener("abort", done, { once: true });
    if (isEmpty(method, answer.status)) {
      answer.discard();
      done();
    }
    return { asked, response: readAnswer(answer, { asked, maxBytes, signal: limits.signal, done }) };
  } catch (error) {
    end(classifyError(error).kind);
    throw error;
  }
}

function endOnce(measured: (outcome: string) => void, release: () => void): (outcome: string) => void {
  let ended = false;
  return (outcome) => {
    if (ended) return;
    ended = true;
    release();
    measured(outcome);
  };
}

function isEmpty(method: string, status: number): boolean {
  return method === "HEAD" || status === 204 || status === 304;
}

async function readJson<T>({ asked, response }: Answered): Promise<T> {
  if (response.status < 400) return response.json<T>();
  const retryAfter = readRetryAfter(response.headers["retry-after"], Date.now());
  const text = await beginningOf(response);
  throw statusError(asked, { status: response.status, retryAfter, text });
}

/** What cannot be read of it is not missed: the status says what is wrong. */
async function beginningOf({ body }: HttpResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      if (Buffer.concat(chunks).length >= maxErrorText) break;
    }
  } catch {
    // The connection is gone, or the time is over.
  }
  return Buffer.concat(chunks).toString("utf8").slice(0, maxErrorText);
}
