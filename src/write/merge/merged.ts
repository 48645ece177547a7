/** What a merge of three comes to, whatever the form of the file. */
export interface Versions {
  /** As mcpgen last wrote it. */
  readonly base: string;
  /** As it is on disk. */
  readonly user: string;
  /** As mcpgen would write it now. */
  readonly planned: string;
}

export interface Merged {
  /** The user's, with what mcpgen changed since the base wherever the user changed nothing. */
  readonly text: string;
  readonly conflicts: readonly Conflict[];
}

/** Both have changed the same thing, differently: the text holds the user's. */
export interface Conflict {
  /** `line 12`, `scripts.build`. */
  readonly place: string;
  /** Without a line end at the end; empty where that side has taken it out. */
  readonly user: string;
  readonly planned: string;
}
