/** The one hash of texts: SHA-256, hex, with LF line ends, so that a checkout with CRLF is no change. */
import { createHash } from "node:crypto";

export function hashText(text: string): string {
  return createHash("sha256").update(toLineFeeds(text)).digest("hex");
}

export function toLineFeeds(text: string): string {
  return text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
}
