// Spans of time, as options and tags write them. Only types.

/** A bare number is milliseconds. */
export type Duration = number | `${number}${"ms" | "s" | "m" | "h" | "d"}`;
