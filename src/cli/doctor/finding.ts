/** What a look at one thing gave. */
export interface Finding {
  readonly about: "Node.js" | "source" | "output" | "packages" | "SDK" | "bundle" | "server";
  /** `unknown`: it could not be looked at, because of a problem above it. */
  readonly state: "ok" | "problem" | "unknown";
  /** A sentence without its full stop. */
  readonly fact: string;
  /** What to do. */
  readonly help?: string;
}
