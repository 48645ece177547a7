/** `{@link Order}` and `{@link https://… text}` → text that reads well without a tool that follows them. */
const link = /\{@link(code|plain)?[ \t\n]+([^{}]*)\}/g;

export function flattenLinks(text: string): string {
  return text.replace(link, (_match, style: string | undefined, body: string) => {
    const [, target = "", label = ""] = /^([^ \t\n|]+)[ \t\n]*\|?[ \t\n]*([^]*?)[ \t\n]*$/.exec(body) ?? [];
    const isUrl = /^https?:\/\//.test(target);
    if (isUrl) return label === "" ? target : `${label} (${target})`;
    const shown = label === "" ? target.replace(/\(\)$/, "()") : label;
    return style === "code" ? `\`${shown}\`` : shown;
  });
}
