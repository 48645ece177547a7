// Elements. Whatever a server or a client says becomes text, never markup.

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Readonly<Record<string, string | boolean | number | undefined>>} attributes `true` is an empty attribute, `false` and undefined are none.
 * @param {readonly (Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : String(value));
  element.append(...children);
  return element;
}

/**
 * What the page has from its beginning.
 * @template {Element} Kind
 * @param {string} selector
 * @param {new () => Kind} kind
 * @param {ParentNode} within
 * @returns {Kind}
 */
export function find(selector, kind, within = document) {
  const found = within.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`${selector} is missing`);
  return found;
}

/**
 * One of several buttons is pressed.
 * @param {Iterable<HTMLElement>} buttons
 * @param {(button: HTMLElement) => boolean} isPressed
 */
export function press(buttons, isPressed) {
  for (const button of buttons) button.setAttribute("aria-pressed", String(isPressed(button)));
}

/** @typedef {Readonly<Record<string, unknown>>} Json */

/**
 * @param {unknown} value
 * @returns {value is Json}
 */
export function isJson(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Text of JSON, its names, strings and the rest told apart.
 * @param {string} text
 */
export function showJson(text) {
  const pre = make("pre", { class: "json", tabindex: 0 });
  let end = 0;
  for (const match of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\b\d[\d.eE+-]*/g)) {
    const [whole, string, colon] = match;
    const kind = string === undefined ? "literal" : colon === undefined ? "string" : "name";
    pre.append(text.slice(end, match.index), make("span", { class: kind }, string ?? whole));
    end = match.index + (string ?? whole).length;
  }
  pre.append(text.slice(end));
  return pre;
}

/** @param {number} milliseconds */
export function showDuration(milliseconds) {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** @param {number} at In milliseconds since 1970. */
export function showTime(at) {
  return new Date(at).toLocaleTimeString("en-GB");
}
