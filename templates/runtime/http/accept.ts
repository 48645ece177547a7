// `Accept` → which of the two forms of an answer the client reads. Media types have no case (RFC 9110, section 8.3.1),
// and a range of them admits what is in it.

export interface Accepted {
  readonly json: boolean;
  readonly stream: boolean;
}

const both: Accepted = { json: true, stream: true };

/** Clients send one and the same header with every request. */
const known = new Map<string, Accepted | undefined>();
const mostKnown = 100;

/** Undefined where the client reads neither; without the header it reads all. */
export function readAccepted(header: string | undefined): Accepted | undefined {
  if (header === undefined) return both;
  if (known.has(header)) return known.get(header);
  const accepted = parse(header);
  if (known.size < mostKnown) known.set(header, accepted);
  return accepted;
}

function parse(header: string): Accepted | undefined {
  const ranges = new Set(
    header
      .toLowerCase()
      .split(",")
      .map((part) => part.split(";").map((piece) => piece.trim()))
      .filter(([, ...parameters]) => !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)))
      .map(([range]) => range),
  );
  if (ranges.has("*/*")) return both;
  const json = ranges.has("application/json") || ranges.has("application/*");
  const stream = ranges.has("text/event-stream") || ranges.has("text/*");
  return json || stream ? { json, stream } : undefined;
}
