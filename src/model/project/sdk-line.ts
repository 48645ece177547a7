/** The lines of the official SDK that a project's tests can connect their client from. */
export const sdkLines = ["v1", "v2"] as const;

export type SdkLine = (typeof sdkLines)[number];

interface SdkFacts {
  /** Of the client that the tests connect. */
  readonly package: string;
  /** It has fixes until then at least, as `YYYY-MM-DD`; absent of the line that goes on. */
  readonly maintained?: string;
}

/** The README of v1.x: fixes for at least six months after the release of v2, which was on 2026-07-27. */
export const sdkFacts = {
  v1: { package: "@modelcontextprotocol/sdk", maintained: "2027-01-27" },
  v2: { package: "@modelcontextprotocol/client" },
} as const satisfies Readonly<Record<SdkLine, SdkFacts>>;
