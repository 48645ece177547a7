/** The one hash of texts: SHA-256, hex, with LF line ends, so that a checkout with CRLF is no change. */
import { createHash } from "node:crypto";
import { lastly } from "./once.js";

export function hashText(text: string): string {
  return text.length < long ? digest(text) : digestLong(text);
}

/** Sixteen digits: for telling a formatter's work from a person's, not for safety. */
export function shortHash(text: string): string {
  return hashText(text).slice(0, 16);
}

const long = 100_000;

/** A build asks more than once for what is one file of a thousand tools, and for what it was before. */
const digestLong = lastly(digest, 6);

function digest(text: string): string {
  return createHash("sha256").update(toLineFeeds(text)).digest("hex");
}

export function toLineFeeds(text: string): string {
  return text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
}
