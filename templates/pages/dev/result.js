// What a tool has answered → what is seen of it: JSON, text, pictures, sound, links to resources.
import { isJson, make, showDuration, showJson } from "./dom.js";

/** @typedef {import("./dom.js").Json} Json */

/**
 * @param {Json} result
 * @param {number} milliseconds
 */
export function showResult(result, milliseconds) {
  const { isError, structuredContent, content } = result;
  const items = Array.isArray(content) ? content.filter(isJson) : [];
  const shown = items.map(showItem);
  const head = headOf(isError === true ? "error" : "answered", milliseconds);
  if (structuredContent === undefined) return [head, ...shown];
  // The same once more, for clients that read text alone.
  const again = make("details", {}, make("summary", {}, "As content"), ...shown);
  const others = items.filter(({ type }) => type !== "text").map(showItem);
  return [head, showJson(JSON.stringify(structuredContent, null, 2)), ...others, again];
}

/**
 * What is no result.
 * @param {string} message
 * @param {number} milliseconds
 */
export function showFailure(message, milliseconds) {
  return [headOf("failed", milliseconds), make("pre", { tabindex: 0 }, message)];
}

/**
 * The reader did not wait for it.
 * @param {number} milliseconds
 */
export function showLeft(milliseconds) {
  return [headOf("left", milliseconds)];
}

/** @type {Readonly<Record<string, string>>} */
export const words = { answered: "answered", error: "error of the tool", failed: "error of the protocol", left: "called off", running: "running" }; // prettier-ignore

/**
 * @param {string} how
 * @param {number} milliseconds
 */
function headOf(how, milliseconds) {
  const duration = make("span", { class: "duration" }, showDuration(milliseconds));
  return make("p", { class: "outcome" }, make("b", { class: how }, words[how] ?? how), duration);
}

/** @param {Json} item */
function showItem(item) {
  const { type, text, data, mimeType } = item;
  const source = `data:${String(mimeType)};base64,${String(data)}`;
  if (type === "text") return showText(String(text));
  if (type === "image" && /^image\//.test(String(mimeType)))
    return make("img", { src: source, alt: `An image of the result, ${String(mimeType)}` });
  if (type === "audio" && /^audio\//.test(String(mimeType))) return make("audio", { src: source, controls: true });
  if (type === "resource_link")
    return make("p", {}, make("b", {}, String(item["name"])), " ", make("code", {}, String(item["uri"])));
  if (type === "resource" && isJson(item["resource"]) && typeof item["resource"]["text"] === "string")
    return make("div", {}, make("code", {}, String(item["resource"]["uri"])), showText(item["resource"]["text"]));
  return showJson(JSON.stringify(item, null, 2));
}

/** @param {string} text */
function showText(text) {
  try {
    const value = /** @type {unknown} */ (JSON.parse(text));
    if (typeof value === "object" && value !== null) return showJson(JSON.stringify(value, null, 2));
  } catch {
    // It is no JSON.
  }
  return make("pre", { tabindex: 0 }, text);
}
