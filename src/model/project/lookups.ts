/** What a build asked of the disk, with the answers: whoever gets the same answers need not build again. Paths are absolute, with forward slashes. */
export interface Lookups {
  readonly files: Readonly<Record<string, ReadFile>>;
  /** What stood where it was looked but not read; above all, where nothing stood yet. */
  readonly places: Readonly<Record<Place, readonly string[]>>;
  /** Folders whose subfolders were listed → hash of their names. */
  readonly folders: Readonly<Record<string, string>>;
  /** Links, and folders that no link leads to → where they lead. */
  readonly links: Readonly<Record<string, string>>;
  readonly searches: readonly Search[];
  /** Hash of the list of files in the source folder. */
  readonly sources: string;
}

export interface ReadFile {
  /** Of the text. */
  readonly hash: string;
  /** Size and times, from before it was read: where it is the same, the text need not be read again. */
  readonly stamp: string;
}

export type Place = "file" | "folder" | "nothing";

/** A folder that was searched for files, with all that is below it. */
export interface Search {
  readonly folder: string;
  /** None is all. */
  readonly extensions: readonly string[];
  /** Of the paths found. */
  readonly hash: string;
}
