/**
 * What clients allow beyond what all of them ask for: limits on names, descriptions and the number of tools.
 * (What all ask for, such as an object at the root of a schema or `items` in every array, is not a choice: schemas have it always.)
 */
import type { ClientName } from "../../model/clients.js";

/** Absent where a client has no limit that is known. */
interface ClientLimits {
  /** Characters of a tool's name; less where the client puts the server's name before it. */
  readonly nameLength: number;
  /** A name must not start with a digit or `-`. */
  readonly nameStart?: true;
  /** Code points of a description, before it is refused or cut. */
  readonly descriptionLength?: number;
  /** Tools in all. */
  readonly tools?: number;
}

const limits: Readonly<Record<ClientName, ClientLimits>> = {
  claude: { nameLength: 64, descriptionLength: 2048 },
  openai: { nameLength: 64, descriptionLength: 1024, tools: 128 },
  gemini: { nameLength: 64, nameStart: true },
  cursor: { nameLength: 50, tools: 40 },
  vscode: { nameLength: 50, tools: 128 },
};

type Measure = "nameLength" | "descriptionLength" | "tools";

export interface Exceeded {
  readonly limit: number;
  /** `openai and vscode`. */
  readonly clients: string;
}

/** The limits that a figure is above, the smallest first, each with those of the clients whose it is. */
export function findExceeded(clients: readonly ClientName[], measure: Measure, figure: number): readonly Exceeded[] {
  const byLimit = new Map<number, ClientName[]>();
  for (const client of clients) {
    const limit = limits[client][measure];
    if (limit !== undefined && figure > limit) byLimit.set(limit, [...(byLimit.get(limit) ?? []), client]);
  }
  return [...byLimit].sort(([a], [b]) => a - b).map(([limit, names]) => ({ limit, clients: enumerate(names) }));
}

/** Those of the clients that want a letter or `_` first; undefined when none does. */
export function wantLetterFirst(clients: readonly ClientName[]): string | undefined {
  const strict = clients.filter((client) => limits[client].nameStart);
  return strict.length === 0 ? undefined : enumerate(strict);
}

function enumerate(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
