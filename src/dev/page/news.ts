/** What the page is told: plain data, as it goes over the wire in JSON. */

export type BuildNews =
  | { readonly state: "building" }
  | { readonly state: "served"; readonly milliseconds: number; readonly report: string }
  /** `reason`: in a line; `report`: the diagnostics as they are printed. */
  | { readonly state: "broken"; readonly reason: string; readonly report: string; readonly goesOn: "yes" | "no" }
  | { readonly state: "crashed"; readonly how: string };

export interface Call {
  /** Ours: of one front, in the order in which calls came. */
  readonly id: number;
  /** In milliseconds since 1970. */
  readonly at: number;
  /** `tools/call` and its like. */
  readonly method: string;
  /** Of the tool or the prompt; the URI of a resource. */
  readonly name: string;
  readonly client: string;
  /** JSON, without secrets, cut where it is long. */
  readonly arguments: string;
  /** Absent as long as it runs. */
  readonly ended?: Ended;
  /** What its policies have counted, by counter and labels; absent where that is not known. */
  readonly outcomes?: Readonly<Record<string, number>>;
}

export interface Ended {
  readonly milliseconds: number;
  /** `error`: a result that says so; `failed`: an error of the protocol; `left`: the client did not wait for it. */
  readonly how: "answered" | "error" | "failed" | "left";
  /** JSON, as the arguments are. */
  readonly result: string;
}

export type News =
  | { readonly kind: "build"; readonly build: BuildNews }
  /** All of it, each time that it changes. */
  | { readonly kind: "call"; readonly call: Call }
  /** A line that the server has written; `at` in milliseconds since 1970. */
  | { readonly kind: "line"; readonly line: string; readonly at: number }
  /** The source files of the tools by their names. */
  | { readonly kind: "files"; readonly files: Readonly<Record<string, string>> };
