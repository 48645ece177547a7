// Shows values and places in messages: short, on one line, and unmistakable for the words around them.

const maxValue = 80;
const maxListed = 20;

/** As JSON, cut to a length that names the value without repeating it. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  return typeof value === "string" ? JSON.stringify(cut(value)) : cut(JSON.stringify(value));
}

/** `order.items[3].price` */
export function showPath(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>((before, key) => {
    if (typeof key === "number") return `${before}[${String(key)}]`;
    const name = String(key);
    if (!/^[\w$]+$/u.test(name)) return `${before}[${show(name)}]`;
    return before === "" ? name : `${before}.${name}`;
  }, "");
  return text.replaceAll("`", "'");
}

export function list(texts: readonly string[]): string {
  const rest = texts.length - maxListed;
  return rest > 0 ? `${texts.slice(0, maxListed).join(", ")} and ${String(rest)} more` : texts.join(", ");
}

/** By code points: half a surrogate pair is no character. */
function cut(text: string): string {
  if (text.length <= maxValue) return text;
  return `${Array.from(text.slice(0, 2 * maxValue))
    .slice(0, maxValue)
    .join("")}…`;
}
