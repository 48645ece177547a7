/** `@icon https://example.com/note.svg any dark` → what clients draw beside a name (MCP 2025-11-25, Icon). */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { DocTag, FunctionModel } from "../../model/api.js";
import type { IconPlan, IconTheme } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";

/** By the ending of a URL's path. */
const typesByEnding: Readonly<Record<string, string>> = {
  gif: "image/gif",
  ico: "image/x-icon",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  png: "image/png",
  svg: "image/svg+xml",
  webp: "image/webp",
};

/** One for each tag, in their order; the value is only to be used when no diagnostic is an error. */
export function planIcons({ docs, role }: FunctionModel): Result<readonly IconPlan[]> {
  // Several lines, and what is no icon's place, are told with the other tags.
  const read = docs.tags
    .filter(({ name, text }) => name === "icon" && role !== "completion" && !/[\r\n]/.test(text.trim()))
    .map(readIcon);
  return succeed(
    read.flatMap(({ value }) => value ?? []),
    read.flatMap(({ diagnostics }) => diagnostics),
  );
}

function readIcon(tag: DocTag): Result<IconPlan | undefined> {
  const { span } = tag;
  const [src = "", ...words] = tag.text.trim().split(/\s+/);
  if (src === "") {
    const help = "write `@icon` and an https URL, or a data URI, on one line";
    return succeed(undefined, [diagnostic("MG404", "`@icon` has no value", { span, help })]);
  }
  const source = readSource(src);
  const sizes = [...new Set(words.filter(isSize))];
  const themes = words.filter(isTheme);
  const [theme] = themes;
  const icon: IconPlan = {
    src,
    ...(source?.mimeType !== undefined && { mimeType: source.mimeType }),
    ...(sizes.length > 0 && { sizes }),
    ...(theme && { theme }),
  };
  return succeed(icon, [
    ...(source ? [] : [refuseSource(src, tag)]),
    ...words.filter((word) => !isSize(word) && !isTheme(word)).map((word) => refuseWord(word, tag)),
    ...(themes.length > 1 ? [refuseSecondTheme(tag)] : []),
  ]);
}

interface IconSource {
  readonly mimeType?: string | undefined;
}

/** Undefined for what clients must not load as an icon. */
function readSource(src: string): IconSource | undefined {
  const data = /^data:(image\/[\w.+-]+)((?:;[\w-]+=[\w.+-]+)*)(;base64)?,(.+)$/i.exec(src);
  if (data) {
    const [, mimeType = "", , base64, text = ""] = data;
    return base64 === undefined || isBase64(text) ? { mimeType: mimeType.toLowerCase() } : undefined;
  }
  if (!/^https:\/\//i.test(src) || !URL.canParse(src)) return undefined;
  const ending = /\.([a-z]+)$/i.exec(new URL(src).pathname)?.[1]?.toLowerCase() ?? "";
  return { mimeType: Object.hasOwn(typesByEnding, ending) ? typesByEnding[ending] : undefined };
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

function isSize(word: string): boolean {
  return word === "any" || /^[1-9]\d*x[1-9]\d*$/.test(word);
}

function isTheme(word: string): word is IconTheme {
  return word === "light" || word === "dark";
}

/** Characters of a URI that a message quotes: those of a data URI have no end. */
const quoted = 60;

function refuseSource(src: string, { span }: DocTag): Diagnostic {
  const shown = src.length > quoted ? `${src.slice(0, quoted)}…` : src;
  const help = "write an https URL, or a data URI such as `data:image/png;base64,…`";
  return diagnostic("MG406", `\`${shown}\` cannot be the source of an icon`, { span, help });
}

function refuseWord(word: string, { span }: DocTag): Diagnostic {
  const help = "write sizes such as `48x48` or `any`, and `light` or `dark`, separated by spaces";
  return diagnostic("MG406", `\`${word}\` is neither a size nor a theme of an icon`, { span, help });
}

function refuseSecondTheme({ span }: DocTag): Diagnostic {
  const help = "keep one of them, or write a second `@icon`";
  return diagnostic("MG404", "`@icon` has more than one theme", { span, help });
}
