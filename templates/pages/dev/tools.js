// The tools by their files, the form of the one that is chosen, and what it answers.
import { find, isJson, make, press, showDuration } from "./dom.js";
import { createForm } from "./form.js";
import { showFailure, showLeft, showResult } from "./result.js";

/** @typedef {import("./dom.js").Json} Json */
/** @typedef {import("./client.js").Client} Client */
/** @typedef {{ readonly name: string, readonly title?: unknown, readonly description?: unknown, readonly inputSchema: Json, readonly annotations?: unknown }} Tool */

/**
 * @param {Client} client
 * @returns {Promise<readonly Tool[]>}
 */
export async function listTools(client) {
  /** @type {Tool[]} */
  const tools = [];
  /** @type {unknown} */
  let cursor;
  do {
    const page = await client.ask({ method: "tools/list", params: cursor === undefined ? {} : { cursor } });
    const listed = Array.isArray(page["tools"]) ? page["tools"].filter(isJson) : [];
    for (const { name, title, description, inputSchema, annotations } of listed)
      tools.push({ name: String(name), title, description, annotations, inputSchema: isJson(inputSchema) ? inputSchema : {} }); // prettier-ignore
    cursor = page["nextCursor"];
  } while (cursor !== undefined);
  return tools;
}

export class ToolView {
  #list = find("#list", HTMLElement);
  #search = find("#search", HTMLInputElement);
  #place = find("#call", HTMLElement);
  #client;
  /** @type {readonly Tool[]} */
  #tools = [];
  /** @type {Readonly<Record<string, string>>} */
  #files = {};
  /** @type {string | undefined} */
  #chosen;
  /** The forms that readers have filled in, by their tool and what it takes. @type {Map<string, { readonly element: HTMLElement, readonly write: (given: Json) => void }>} */
  #forms = new Map();

  /** @param {Client} client */
  constructor(client) {
    this.#client = client;
    this.#search.addEventListener("input", () => this.#drawList());
    this.#search.addEventListener("keydown", ({ key }) => {
      if (key === "Enter" || key === "ArrowDown") this.#list.querySelector("button")?.focus();
    });
    this.#list.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      const buttons = [...this.#list.querySelectorAll("button")];
      const next = buttons[buttons.findIndex((each) => each === document.activeElement) + step];
      if (step === 0 || !next) return;
      next.focus();
      event.preventDefault();
    });
  }

  /** @param {readonly Tool[]} tools */
  setTools(tools) {
    this.#tools = tools;
    this.#drawList();
    const chosen = this.#chosen ?? decodeURIComponent(location.hash.slice(1));
    if (tools.some(({ name }) => name === chosen)) this.choose(chosen);
    else if (this.#chosen !== undefined)
      this.#place.replaceChildren(make("p", { class: "hint" }, "That tool is gone."));
  }

  /** @param {Readonly<Record<string, string>>} files */
  setFiles(files) {
    this.#files = files;
    this.#drawList();
  }

  /**
   * @param {string} name
   * @param {Json} [given] To fill its form with.
   */
  choose(name, given) {
    const tool = this.#tools.find((each) => each.name === name);
    if (!tool) return;
    this.#chosen = name;
    history.replaceState(null, "", `#${encodeURIComponent(name)}`);
    press(this.#list.querySelectorAll("button"), (each) => each.dataset["tool"] === name);
    const key = JSON.stringify(tool);
    const form = this.#forms.get(key) ?? this.#open(tool);
    this.#forms.set(key, form);
    if (given) form.write(given);
    if (form.element.parentNode !== this.#place) this.#place.replaceChildren(form.element);
  }

  #drawList() {
    const words = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
    /** @type {Map<string, Tool[]>} */
    const groups = new Map();
    for (const tool of this.#tools) {
      const file = this.#files[tool.name] ?? "";
      const text = `${tool.name} ${String(tool.title ?? "")} ${String(tool.description ?? "")} ${file}`.toLowerCase();
      if (!words.every((word) => text.includes(word))) continue;
      groups.set(file, [...(groups.get(file) ?? []), tool]);
    }
    const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#list.replaceChildren(
      ...sorted.map(([file, tools]) =>
        make("section", {}, ...(file === "" ? [] : [make("h2", {}, file)]), ...tools.map((tool) => this.#button(tool))),
      ),
      ...(sorted.length === 0 && this.#tools.length > 0 ? [make("p", { class: "hint" }, "Nothing fits.")] : []),
    );
  }

  /** @param {Tool} tool */
  #button({ name, description }) {
    const text = typeof description === "string" ? description : name;
    const isChosen = name === this.#chosen;
    const button = make("button", { type: "button", "data-tool": name, title: text, "aria-pressed": String(isChosen) }, name); // prettier-ignore
    button.addEventListener("click", () => this.choose(name));
    return button;
  }

  /** @param {Tool} tool */
  #open(tool) {
    const { name, title, description, inputSchema, annotations } = tool;
    const form = createForm(inputSchema);
    const result = make("div", { class: "result", "aria-live": "polite" });
    const marks = isJson(annotations) ? Object.entries(hints).filter(([key]) => annotations[key] === true) : [];
    const element = make(
      "article",
      {},
      make("h2", {}, name, ...marks.map(([, word]) => make("small", {}, word))),
      ...(typeof title === "string" && title !== name ? [make("p", { class: "subtitle" }, title)] : []),
      ...(typeof description === "string" ? [make("p", { class: "description" }, description)] : []),
      form.element,
      result,
    );
    form.element.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = form.read();
      if (given) void this.#run({ name, given, result, form: form.element });
    });
    return { element, write: form.write };
  }

  /** @param {{ readonly name: string, readonly given: Json, readonly result: HTMLElement, readonly form: HTMLFormElement }} call */
  async #run({ name, given, result, form }) {
    const [run, stop] = [find(".run", HTMLButtonElement, form), find(".stop", HTMLButtonElement, form)];
    const controller = new AbortController();
    const callOff = () => controller.abort();
    const begun = performance.now();
    run.disabled = true;
    stop.hidden = false;
    stop.addEventListener("click", callOff);
    const progress = make("p", { class: "hint" }, "running …");
    result.replaceChildren(progress);
    try {
      const answer = await this.#client.ask({
        method: "tools/call",
        params: { name, arguments: given, _meta: { progressToken: `page-${begun}` } },
        signal: controller.signal,
        onNotification: (notification) => {
          const told = progressOf(notification);
          if (told !== undefined) progress.textContent = `${told} · ${showDuration(performance.now() - begun)}`;
        },
      });
      result.replaceChildren(...showResult(answer, performance.now() - begun));
    } catch (cause) {
      const milliseconds = performance.now() - begun;
      const message = cause instanceof Error ? cause.message : String(cause);
      result.replaceChildren(
        ...(controller.signal.aborted ? showLeft(milliseconds) : showFailure(message, milliseconds)),
      );
    } finally {
      run.disabled = false;
      stop.hidden = true;
      stop.removeEventListener("click", callOff);
    }
  }
}

/** @type {Readonly<Record<string, string>>} */
const hints = { readOnlyHint: "reads only", destructiveHint: "destructive", idempotentHint: "idempotent", openWorldHint: "reaches others" }; // prettier-ignore

/**
 * @param {Json} notification
 * @returns {string | undefined}
 */
function progressOf({ method, params }) {
  if (method !== "notifications/progress" || !isJson(params)) return undefined;
  const { progress, total, message } = params;
  const count = total === undefined ? String(progress) : `${String(progress)} of ${String(total)}`;
  return typeof message === "string" ? `${message} (${count})` : count;
}
