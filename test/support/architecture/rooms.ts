/** A row of the table of the house, and the rows that the rooms of a stage are. */
export interface FolderRule {
  /** Folders whose doors may be imported. */
  readonly imports?: readonly string[];
  /** Folders of which only types may be imported. */
  readonly types?: readonly string[];
  /** Packages, or `package@file` for the one file that may import it. */
  readonly libraries?: readonly string[];
  /** Node's own modules, without `node:`. */
  readonly builtins?: readonly string[];
  /** Files that others may import; default `index.ts`, `*` is all of them. */
  readonly doors?: readonly string[];
  /** Globals of the list below that the folder may use. */
  readonly globals?: readonly string[];
}

/** A room of a stage: what it may import of the others, which is never what imports it. */
interface Room {
  readonly on?: readonly string[];
  readonly doors?: readonly string[];
}

/** A stage's rooms, lowest first → a row each; the stage's own folder, `""`, holds the door that other stages use. */
export function rooms(
  stage: string,
  base: FolderRule,
  table: Readonly<Record<string, Room>>,
  builtins: readonly string[],
): Readonly<Record<string, FolderRule>> {
  const path = (room: string) => (room === "" ? stage : `${stage}/${room}`);
  const rows = Object.entries(table).map(([room, { on = [], doors }]): [string, FolderRule] => {
    const own = doors ?? (room === "" ? undefined : ["*"]);
    const imports = [...(base.imports ?? []), ...on.map(path)];
    return [path(room), { ...base, imports, builtins, ...(own && { doors: own }) }];
  });
  return Object.fromEntries(rows);
}
