/** The state of a file in short: what its folder knows of it. */
export interface Stamp {
  readonly text: string;
  /** The last change of any kind: nobody can set this time back. */
  readonly changed: number;
  /** Two changes within this time can have the same stamp. */
  readonly tick: number;
}

/** As Node.js gives it, times in milliseconds since 1970. */
export interface FileState {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
}

export function stampOf({ size, mtimeMs, ctimeMs }: FileState): Stamp {
  // Some disks keep times in seconds, or in two of them.
  const tick = ctimeMs % 1000 === 0 ? 2000 : 20;
  return { text: `${String(size)} ${String(mtimeMs)} ${String(ctimeMs)}`, changed: ctimeMs, tick };
}

/** What has just changed can change again and keep its stamp. */
export function isProof({ changed, tick }: Stamp, now: number): boolean {
  return changed + tick < now;
}
