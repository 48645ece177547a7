/**
 * Texts that a client may send, each with the answers that it deserves: right requests, right messages that get no
 * answer, envelopes with a wrong member, what is no JSON, and the few that are huge or nested deep.
 */
import fc from "fast-check";

/** An answer as it is compared: the id as JSON, and the code where it is an error. */
export interface Expected {
  readonly id: string;
  readonly outcome: "result" | number;
}

export interface Sent {
  readonly text: string;
  readonly answers: readonly Expected[];
  /** Only whitespace: nothing over stdio, and an error over HTTP, where every request has its answer. */
  readonly isBlank?: true;
}

const parseError = -32_700;
const invalidRequest = -32_600;
const nobody = "null";

/** As clients are seen to name requests; equal ones at the same time are no mistake of the server's. */
const id: fc.Arbitrary<string | number> = fc.oneof(
  fc.integer(),
  fc.constantFrom(0, -1, 1, 7, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("", "0", "1", "null", "__proto__", "constructor", "\u2028", "a\nb", '"', "😀"),
);

const params: fc.Arbitrary<{
  readonly method: string;
  readonly params?: unknown;
  readonly outcome: "result" | number;
}> = fc.oneof(
  fc.constantFrom(
    { method: "ping", outcome: "result" as const },
    { method: "ping", params: null, outcome: "result" as const },
    { method: "ping", params: { _meta: null }, outcome: "result" as const },
    { method: "tools/list", outcome: "result" as const },
    { method: "tools/list", params: { cursor: "none" }, outcome: -32_602 },
    { method: "tools/call", params: { name: "whoami", arguments: { milliseconds: 1 } }, outcome: "result" as const },
    { method: "tools/call", params: null, outcome: -32_602 },
    { method: "tools/call", params: {}, outcome: -32_602 },
    { method: "tools/call", params: { name: "nope" }, outcome: -32_602 },
    { method: "constructor", outcome: -32_601 },
    { method: "", outcome: -32_601 },
  ),
  fc.string().map((name) => ({ method: `no ${name}`, outcome: -32_601 })),
  // Whatever the arguments are, the call has a result, if only one that tells what is wrong with them.
  fc
    .record({ a: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.jsonValue()), b: fc.integer() })
    .map((given) => ({
      method: "tools/call",
      params: { name: "add", arguments: given },
      outcome: "result" as const,
    })),
  fc.jsonValue().map((given) => ({
    method: "tools/call",
    params: { name: "whoami", arguments: { milliseconds: 0, given } },
    outcome: "result" as const,
  })),
);

const request: fc.Arbitrary<Sent> = fc
  .record({ id, asked: params, extra: fc.constantFrom({}, { more: 1 }, { error: undefined }) })
  .map(({ id, asked: { outcome, ...asked }, extra }) => ({
    text: JSON.stringify({ ...extra, jsonrpc: "2.0", id, ...asked }),
    answers: [{ id: JSON.stringify(id), outcome }],
  }));

const unanswered: fc.Arbitrary<Sent> = fc
  .oneof(
    fc.constantFrom(
      { jsonrpc: "2.0", method: "notifications/initialized" },
      { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: "of nobody", reason: {} } },
      { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: { a: 1 } } },
      { jsonrpc: "2.0", method: "notifications/cancelled" },
      { jsonrpc: "2.0", method: "ping", params: null },
      { jsonrpc: "2.0", id: null, error: { code: 1, message: "x" } },
    ),
    id.map((id) => ({ jsonrpc: "2.0", id, result: {} })),
    id.map((id) => ({ jsonrpc: "2.0", id, error: null })),
    fc.string().map((name) => ({ jsonrpc: "2.0", method: `notifications/${name}`, params: { name } })),
  )
  .map((message) => ({ text: JSON.stringify(message), answers: [] }));

/** One member is of another type than the protocol asks for. */
const wrongMember: fc.Arbitrary<Sent> = fc
  .oneof(
    fc.record({ jsonrpc: fc.constantFrom<unknown>(undefined, null, 2, "1.0", "2", ["2.0"], {}, true) }),
    fc.record({ id: fc.constantFrom<unknown>(null, 1.5, 1e300, true, false, [], [1], {}, { id: 1 }) }),
    fc.record({ method: fc.constantFrom<unknown>(undefined, null, 0, 5, true, [], ["ping"], {}) }),
    fc.record({ params: fc.constantFrom<unknown>(0, 5, "", "x", true, false, [], [1], [{}]) }),
    fc.record({
      params: fc.constantFrom<unknown>(0, "", "x", true, [], [1]).map((meta) => ({ _meta: meta })),
    }),
    fc.record({
      params: fc.constantFrom<unknown>(1.5, true, [], {}).map((token) => ({ _meta: { progressToken: token } })),
    }),
  )
  .chain((wrong) => id.map((id) => ({ jsonrpc: "2.0", id, method: "ping", ...wrong })))
  .map((message) => {
    const named = typeof message.id === "string" || typeof message.id === "number";
    return refusal(JSON.stringify(message), named ? JSON.stringify(message.id) : nobody);
  });

/** What an object needs to be a message is not in there. */
const otherJson: fc.Arbitrary<Sent> = fc
  .oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>([], {}, 0, "", null, [[]], [{ jsonrpc: "2.0", id: 1, method: "ping" }]),
  )
  .filter((value) => !(typeof value === "object" && value !== null && "id" in value))
  .map((value) => refusal(JSON.stringify(value), nobody));

const noJson: fc.Arbitrary<Sent> = fc
  .oneof(
    // The beginning of an object is none.
    request.chain(({ text }) => fc.integer({ min: 1, max: text.length - 1 }).map((end) => text.slice(0, end))),
    request.map(({ text }) => `${text},`),
    request.map(({ text }) => `${text}${text}`),
    fc.string({ unit: "binary" }).map((text) => text.replaceAll(/[\n\r]/g, " ")),
    fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      "{]",
      "nul",
      "NaN",
      "'a'",
      "{'a':1}",
      "{a:1}",
      "01",
      "\0",
      "\u2028",
      "\ufeff{",
      "//",
    ),
  )
  .filter((text) => text.replace("\ufeff", "").trim() !== "" && !isJson(text.replace(/^\ufeff/, "")))
  .map((text) => ({ text, answers: [{ id: nobody, outcome: parseError }] }));

const marked: fc.Arbitrary<Sent> = request.map(({ text, answers }) => ({ text: `\ufeff${text}`, answers }));
const spaced: fc.Arbitrary<Sent> = request.map(({ text, answers }) => ({ text: `  ${text}\t\r`, answers }));
const blank: fc.Arbitrary<Sent> = fc
  .constantFrom("", " ", "\r", "\t \r", "\ufeff")
  .map((text) => ({ text, answers: [], isBlank: true }));

const message: fc.Arbitrary<Sent> = fc.oneof(
  { weight: 8, arbitrary: request },
  { weight: 2, arbitrary: unanswered },
  { weight: 4, arbitrary: wrongMember },
  { weight: 2, arbitrary: otherJson },
  { weight: 3, arbitrary: noJson },
  { weight: 1, arbitrary: fc.oneof(marked, spaced, blank) },
);

const deep = (open: string, close: string, levels: number) => open.repeat(levels) + close.repeat(levels);
const callOf = (given: string) =>
  `{"jsonrpc":"2.0","id":"big","method":"tools/call","params":{"name":"add","arguments":{"a":${given}}}}`;
const big: readonly Expected[] = [{ id: '"big"', outcome: "result" }];

/** Few of them: each costs as much as a thousand of the others. */
const costly: readonly Sent[] = [
  refusal(deep("[", "]", 100_000), nobody),
  refusal(`${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`, nobody),
  { text: deep("[", "", 100_000), answers: [{ id: nobody, outcome: parseError }] },
  { text: callOf(deep("[", "]", 50_000)), answers: big },
  { text: callOf(`${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`), answers: big },
  { text: callOf(JSON.stringify("x".repeat(1_000_000))), answers: big },
  { text: callOf(`[${"0,".repeat(200_000)}0]`), answers: big },
  {
    text: callOf(`{${Array.from({ length: 20_000 }, (_, n) => `"k${String(n)}":${String(n)}`).join()}}`),
    answers: big,
  },
  refusal(`{"jsonrpc":"2.0","id":${deep("[", "]", 50_000)},"method":"ping"}`, nobody),
  refusal(
    `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"progressToken":${deep("[", "]", 50_000)}}}}`,
    "1",
  ),
  {
    text: `{"jsonrpc":"2.0","id":"${"i".repeat(100_000)}","method":"ping"}`,
    answers: [{ id: `"${"i".repeat(100_000)}"`, outcome: "result" }],
  },
];

/** The same for the same seed; the costly ones are spread among the others. */
export function sampleMessages(count: number, seed: number): readonly Sent[] {
  const messages = fc.sample(message, { numRuns: count - costly.length, seed });
  const apart = Math.floor(messages.length / costly.length);
  return messages.flatMap((sent, index) => {
    const between = index % apart === apart - 1 ? costly[Math.floor(index / apart)] : undefined;
    return between === undefined ? [sent] : [sent, between];
  });
}

/** What a server has answered, as it is compared. */
export function answersIn(text: string): readonly Expected[] {
  const read = JSON.parse(text) as { readonly id?: unknown; readonly error?: { readonly code: number } };
  return [{ id: JSON.stringify(read.id ?? null), outcome: read.error?.code ?? "result" }];
}

/** How often there is which answer, for two lists that do not come in the same order. */
export function tally(answers: readonly Expected[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { id, outcome } of answers) {
    const name = `${id} ${String(outcome)}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function refusal(text: string, id: string): Sent {
  return { text, answers: [{ id, outcome: invalidRequest }] };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
