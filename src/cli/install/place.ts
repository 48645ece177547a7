/** A client and a scope → its file, and whether it may be written. */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { slashes } from "../init/place.js";
import type { ClientRow, Machine, Scope } from "./clients.js";

/** Where a file is, whether it is there or not. */
export interface FilePlace {
  /** Absolute; where the paths of diagnostics start. */
  readonly root: string;
  /** Relative to the root, forward slashes. */
  readonly path: string;
}

export interface ClientFile extends FilePlace {
  readonly kind: "file";
  /** Absent: there is no file. */
  readonly text: string | undefined;
}

interface Where {
  readonly row: ClientRow;
  readonly scope: Scope;
  /** The project's, absolute. */
  readonly root: string;
  readonly machine: Machine;
}

/** Undefined where the client has no file of that scope. */
export function pathOf({ row, scope, root, machine }: Where): FilePlace | undefined {
  if (scope === "project") return row.project === undefined ? undefined : { root, path: row.project };
  const file = row.user(machine);
  return { root: dirname(file), path: basename(file) };
}

interface Refused {
  readonly kind: "refused";
  readonly diagnostic: Diagnostic;
}

/** A user's file may be a link, to where a user keeps such files; that of a project is inside of it. */
export function openFile(place: FilePlace, scope: Scope): ClientFile | Refused {
  try {
    return readFile(place, scope);
  } catch (cause) {
    if (!(cause instanceof Error) || !("code" in cause)) throw cause;
    const notes = [{ message: cause.message }];
    return { kind: "refused", diagnostic: diagnostic("MG550", `\`${place.path}\` cannot be read`, { notes }) };
  }
}

function readFile({ root, path }: FilePlace, scope: Scope): ClientFile | Refused {
  const real = realPath(join(root, path));
  if (scope === "user") return { kind: "file", root: dirname(real), path: basename(real), text: textAt(real) };
  const top = realPath(root);
  const way = relative(top, real);
  if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way))
    return { kind: "refused", diagnostic: diagnostic("MG553", `\`${path}\` leads out of the project through a link`) };
  return { kind: "file", root: top, path: slashes(way), text: textAt(real) };
}

/** Of what is not there, the nearest folder above that is. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const above = dirname(path);
  return above === path ? path : join(realPath(above), basename(path));
}

function textAt(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
