// Shows values and places in messages: short, on one line, and unmistakable for the words around them.

const maxValue = 80;
const maxListed = 20;

/** As JSON, cut to a length that names the value without repeating it; of a long list, how long it is. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return JSON.stringify(cut(value));
  const text = JSON.stringify(value);
  return Array.isArray(value) && text.length > maxValue ? `an array of ${String(value.length)} items` : cut(text);
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
