// Calls as they happen, of all clients, and the lines that the server writes.
import { find, isJson, make, showDuration, showJson, showTime } from "./dom.js";
import { words } from "./result.js";

/** @typedef {import("../../../src/dev/page/news.js").Call} Call */

/** As many as the server keeps. */
const kept = { calls: 200, lines: 500 };

export class FeedView {
  #calls = find("#calls", HTMLElement);
  #lines = find("#lines", HTMLElement);
  /** @type {Map<number, HTMLElement>} */
  #items = new Map();
  #onAgain;

  /** @param {(tool: string, given: import("./dom.js").Json) => void} onAgain A call is to be put into its form. */
  constructor(onAgain) {
    this.#onAgain = onAgain;
    this.clear();
  }

  /** All that is kept comes again: the connection is new. */
  clear() {
    this.#items.clear();
    this.#calls.replaceChildren(make("li", { class: "hint" }, "No calls yet. Those of all clients appear here."));
    this.#lines.replaceChildren(make("li", { class: "hint" }, "The server has written nothing yet."));
    this.#count();
  }

  /** @param {Call} call */
  showCall(call) {
    const before = this.#items.get(call.id);
    const item = make("li", {}, this.#draw(call, before?.querySelector("details")?.open === true));
    if (before) before.replaceWith(item);
    else {
      this.#calls.querySelector(".hint")?.remove();
      this.#calls.prepend(item);
    }
    this.#items.set(call.id, item);
    const [oldest] = this.#items.keys();
    if (this.#items.size > kept.calls && oldest !== undefined) {
      this.#items.get(oldest)?.remove();
      this.#items.delete(oldest);
    }
    this.#count();
  }

  /**
   * @param {string} line
   * @param {number} at
   */
  showLine(line, at) {
    this.#lines.querySelector(".hint")?.remove();
    this.#lines.prepend(drawLine(line, at));
    if (this.#lines.childElementCount > kept.lines) this.#lines.lastElementChild?.remove();
    this.#count();
  }

  #count() {
    const counts = { calls: this.#items.size, lines: this.#lines.querySelectorAll("li:not(.hint)").length };
    for (const [name, count] of Object.entries(counts))
      find(`[data-feed="${name}"] small`, HTMLElement).textContent = count === 0 ? "" : String(count);
  }

  /**
   * @param {Call} call
   * @param {boolean} isOpen
   */
  #draw(call, isOpen) {
    const { name, method, client, at, ended, outcomes } = call;
    const how = ended?.how ?? "running";
    const counted = Object.entries(outcomes ?? {}).map(showOutcome);
    const kind = method === "tools/call" ? [] : [make("small", {}, method)];
    const duration = ended ? [make("span", { class: "duration" }, showDuration(ended.milliseconds))] : [];
    const summary = make(
      "summary",
      {},
      make("span", { class: `dot ${how}`, title: words[how] }),
      make("b", {}, name),
      ...kind,
      ...duration,
      make("span", { class: "meta" }, [showTime(at), client].filter(Boolean).join(" · ")),
      ...(counted.length === 0 ? [] : [make("span", { class: "outcomes" }, counted.join(" · "))]),
    );
    const details = make("details", { open: isOpen }, summary);
    const fill = () => {
      if (details.open && details.childElementCount === 1) details.append(...this.#detail(call));
    };
    details.addEventListener("toggle", fill);
    fill();
    return details;
  }

  /** @param {Call} call */
  #detail({ name, method, arguments: given, ended }) {
    const again = make("button", { type: "button", class: "quiet" }, "Fill in its form");
    again.addEventListener("click", () => {
      const value = /** @type {unknown} */ (JSON.parse(given));
      this.#onAgain(name, isJson(value) ? value : {});
    });
    return [
      make("h3", {}, "Arguments"),
      showJson(given),
      ...(ended && ended.result !== "" ? [make("h3", {}, words[ended.how] ?? ""), showJson(ended.result)] : []),
      ...(method === "tools/call" && !given.endsWith("…") ? [again] : []),
    ];
  }
}

/**
 * `cache_requests_total{outcome="hit_l1"}` and 1 → `cache requests: hit_l1`.
 * @param {readonly [counter: string, count: number]} outcome
 */
function showOutcome([counter, count]) {
  const [, name = "", labels = ""] = /^(?:mcp_tool_|mcp_)?(\w+?)_total\{(.*)\}$/.exec(counter) ?? [];
  const values = [...labels.matchAll(/\w+="((?:[^"\\]|\\.)*)"/g)].map(([, value]) => value);
  const what = [name.replaceAll("_", " "), values.join(", ")].filter(Boolean).join(": ");
  return count === 1 ? what : `${what} (${count} times)`;
}

/**
 * A line of the logger is JSON; all else is shown as it is.
 * @param {string} line
 * @param {number} at
 */
function drawLine(line, at) {
  const value = parse(line);
  if (!isJson(value) || typeof value["msg"] !== "string")
    return make("li", {}, make("time", {}, showTime(at)), make("span", { class: "message" }, line));
  const { level, time: _, msg, tool, requestId: __, ...fields } = value;
  const rest = Object.keys(fields).length === 0 ? [] : [make("details", {}, make("summary", {}, Object.keys(fields).join(", ")), showJson(JSON.stringify(fields, null, 2)))]; // prettier-ignore
  return make(
    "li",
    { class: String(level) },
    make("time", {}, showTime(at)),
    make("b", {}, String(level)),
    make("span", { class: "message" }, ...(typeof tool === "string" ? [make("i", {}, tool), " "] : []), msg),
    ...rest,
  );
}

/**
 * @param {string} text
 * @returns {unknown}
 */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
