/** What has been written, for people: in a line, and what is left to them. */
import type { ClientRow } from "./clients.js";

interface Written {
  readonly row: ClientRow;
  readonly name: string;
  /** As it is typed from where the user stands. */
  readonly path: string;
  /** What the server requires and has no value in the entry. */
  readonly open: readonly string[];
  readonly isSame: boolean;
  readonly isRemoval: boolean;
}

export function describeWritten(written: Written): readonly [string, ...string[]] {
  const { row, name, path, isSame, isRemoval } = written;
  if (isRemoval) return [isSame ? `${path} has no \`${name}\`` : `removed \`${name}\` from ${path}`];
  const open = describeOpen(written);
  if (isSame) return [`${path} is up to date: \`${name}\` is there for ${row.title}`, ...open];
  return [`wrote \`${name}\` for ${row.title} into ${path}`, ...open, row.next];
}

function describeOpen({ row: { asking, title }, open, path }: Written): readonly string[] {
  if (open.length === 0) return [];
  const names = open.join(", ");
  switch (asking.kind) {
    case "none":
      return [`The server requires ${names}: write values into \`env\` of the entry in ${path}.`];
    case "reference":
    case "forward":
      return [`The server requires ${names}: set them in the environment that ${title} is started in.`];
    case "input":
      return [`The server requires ${names}: ${title} asks for them when it starts the server.`];
  }
}
