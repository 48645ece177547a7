/** The formats of strings that are more than an annotation. */
import type { Grammar, ZodBase } from "./constraint-row.js";

export interface FormatRow {
  /** What checks it. */
  readonly zod: ZodBase;
  /** In what clients are told: validators differ on other formats, and some clients refuse them. */
  readonly isTold: boolean;
  /** In `.env.example`. */
  readonly words?: string;
  readonly sample: string;
}

const dateTime = "a date and time such as 2026-01-31T09:30:00Z";

export const formats: Readonly<Record<string, FormatRow>> = {
  "date-time": {
    // Times with an offset other than `Z` are times too.
    zod: { name: "iso.datetime", options: { offset: true } },
    isTold: true,
    words: dateTime,
    sample: "2026-01-31T09:30:00Z",
  },
  date: { zod: { name: "iso.date" }, isTold: true, words: "a date such as 2026-01-31", sample: "2026-01-31" },
  time: { zod: { name: "iso.time" }, isTold: false, sample: "09:30:00" },
  duration: { zod: { name: "iso.duration" }, isTold: false, sample: "PT1H" },
  email: { zod: { name: "email" }, isTold: true, words: "an e-mail address", sample: "someone@example.com" },
  uri: { zod: { name: "url" }, isTold: true, words: "a URL", sample: "https://example.com/" },
  uuid: {
    // Any version and variant, as JSON Schema has it.
    zod: { name: "guid" },
    isTold: true,
    words: "a UUID",
    sample: "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
  },
  ipv4: { zod: { name: "ipv4" }, isTold: false, sample: "192.0.2.1" },
  ipv6: { zod: { name: "ipv6" }, isTold: false, sample: "2001:db8::1" },
};

export function formatRow(name: string): FormatRow | undefined {
  return Object.hasOwn(formats, name) ? formats[name] : undefined;
}

export const formatName: Grammar<string> = {
  expects: "the name of a format, such as `email`",
  read: (text) => (/^[A-Za-z][\w.-]*$/.test(text) ? text : undefined),
};
