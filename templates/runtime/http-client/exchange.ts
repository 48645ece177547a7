// Attempts until there is an answer worth having: a failure that may pass is waited out, a redirect is followed.
import { currentScope } from "../call/scope.js";
import { outgoingTrace, span } from "../tracing/span.js";
import type { Limits } from "./limits.js";
import { nextHop } from "./redirect.js";
import { delayBefore, isRepeatedError, isRepeatedStatus, readRetryAfter } from "./repeat.js";
import type { Answer, Attempt, Send } from "./send.js";

export interface Network {
  readonly send: Send;
  /** Rejects with the reason of the signal when that is aborted. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export interface Repeated {
  readonly attempt: Attempt;
  readonly attempts: number;
  readonly limits: Limits;
}

/** The last answer, whatever its status, or the last failure. */
export async function exchange(network: Network, { attempt, attempts, limits }: Repeated): Promise<Answer> {
  for (let count = 1; ; count += 1) {
    const outcome = await settle(sendFollowing(network.send, attempt, count));
    const delay = count < attempts && !limits.signal.aborted ? delayAfter(outcome, count) : undefined;
    // What would come too late is not waited for.
    if (delay === undefined || delay >= limits.timeLeft()) return answerOf(outcome);
    if (outcome.kind === "answer") outcome.answer.discard();
    await network.pause(delay, limits.signal);
  }
}

type Outcome =
  { readonly kind: "answer"; readonly answer: Answer } | { readonly kind: "failure"; readonly error: unknown };

async function settle(sent: Promise<Answer>): Promise<Outcome> {
  return sent.then(
    (answer) => ({ kind: "answer", answer }),
    (error: unknown) => ({ kind: "failure", error }),
  );
}

function answerOf(outcome: Outcome): Answer {
  if (outcome.kind === "answer") return outcome.answer;
  throw outcome.error;
}

/** Undefined where another attempt would not help. */
function delayAfter(outcome: Outcome, attempt: number): number | undefined {
  if (outcome.kind === "failure")
    return isRepeatedError(outcome.error) ? delayBefore({ attempt, retryAfter: undefined }, Math.random) : undefined;
  const { status, headers } = outcome.answer;
  if (!isRepeatedStatus(status)) return undefined;
  return delayBefore({ attempt, retryAfter: readRetryAfter(headers["retry-after"], Date.now()) }, Math.random);
}

async function sendFollowing(send: Send, attempt: Attempt, count: number): Promise<Answer> {
  let current = attempt;
  for (let hops = 0; ; hops += 1) {
    const answer = await sendTraced(send, current, count);
    const next = nextHop(current, answer, hops);
    if (next === undefined) return answer;
    answer.discard();
    current = next;
  }
}

async function sendTraced(send: Send, attempt: Attempt, count: number): Promise<Answer> {
  const { method, url } = attempt;
  const attributes = {
    "http.request.method": method,
    "server.address": url.hostname,
    "server.port": Number(url.port === "" ? defaultPorts[url.protocol] : url.port),
    "url.full": `${url.origin}${url.pathname}`,
    "http.request.resend_count": count > 1 ? count - 1 : undefined,
  };
  return span({ name: method, kind: "client", attributes }, async (running) => {
    const answer = await send({ ...attempt, headers: { ...callHeaders(), ...attempt.headers } });
    running.set({ "http.response.status_code": answer.status });
    if (answer.status >= 400) running.fail(String(answer.status));
    return answer;
  });
}

const defaultPorts: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

/** Which call asks; within a span, as the trace names the span. */
function callHeaders(): Readonly<Record<string, string>> {
  const scope = currentScope();
  return { ...outgoingTrace(), ...(scope && { "x-request-id": scope.requestId }) };
}
