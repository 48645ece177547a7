/** The one way from a user's text into emitted files: nothing of it is ever concatenated raw. */

/**
 * As prettier writes it: double quotes, unless that needs more escapes than single ones would.
 * Escaped besides: what ends a line for JavaScript, and lone surrogates, which UTF-8 cannot carry.
 */
export function stringLiteral(text: string): string {
  const double = escapeLineEnds(JSON.stringify(text));
  const doubles = count(text, '"');
  if (doubles <= count(text, "'")) return double;
  // Only the enclosing quote needs its backslash: `\"` becomes `"`, `'` becomes `\'`; other escapes stay.
  return `'${double.slice(1, -1).replace(/\\"|\\.|'/g, (found) => (found === '\\"' ? '"' : found === "'" ? "\\'" : found))}'`;
}

/** The text parts of a template literal. */
export function templateText(text: string): string {
  return escapeLineEnds(JSON.stringify(text).slice(1, -1)).replace(/\\.|[`$]/g, (found) =>
    found === '\\"' ? '"' : found.length === 1 ? `\\${found}` : found,
  );
}

/** Always in double quotes. */
export function jsonString(text: string): string {
  return escapeLineEnds(JSON.stringify(text));
}

/** A value of a compose file, in which `$` begins a variable and JSON's strings are YAML's as well. */
export function composeString(text: string): string {
  return jsonString(text).replaceAll("$", "$$$$");
}

/** `1e+21` is written `1e21`. */
export function jsonNumber(value: number): string {
  return JSON.stringify(value).replace("e+", "e");
}

/** `__proto__: x` in an object literal would set the prototype: computed, it is a key like any other. */
export function propertyKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return isIdentifier(name) ? name : stringLiteral(name);
}

/** Type members have no `__proto__` of their own to beware of. */
export function typeKey(name: string): string {
  return isIdentifier(name) ? name : stringLiteral(name);
}

/** Reserved words are allowed as keys. */
function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
}

/** For a comment of one line. Paths are all that comments hold, and a file's name can hold anything. */
export function lineComment(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\ufeff\p{Cs}]/gu, escapeUnit);
}

/** Above a member that stands so far in: its lines, none of which ends the comment. */
export function docComment(text: string, indent: number): string {
  const margin = " ".repeat(indent);
  const lines = text
    .split(/\r\n?|[\n\u2028\u2029]/)
    .map((line) => lineComment(line).replaceAll("*/", "*\\/").trimEnd());
  if (lines.every((line) => line === "")) return "";
  if (lines.length === 1) return `${margin}/** ${lines.join("")} */\n`;
  const starred = lines.map((line) => `${margin} *${line === "" ? "" : ` ${line}`}\n`);
  return `${margin}/**\n${starred.join("")}${margin} */\n`;
}

/** A cell or a line of Markdown: no line ends, and nothing that Markdown or HTML would take for its own. */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/[\\`*_{}[\]<>|#~$&]/g, "\\$&")
    .trim();
}

/** Text in a template that is read as JSON, a shell word or a Dockerfile path. */
export function plainPath(path: string): string {
  return path.replace(/[\p{Cc}"'\\$`\u2028\u2029]/gu, "_");
}

/** What JSON lets stand but JavaScript's or an editor's eye takes for something else. */
function escapeLineEnds(json: string): string {
  return json.replace(/[\u007f\u2028\u2029\ufeff]/g, escapeUnit);
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
