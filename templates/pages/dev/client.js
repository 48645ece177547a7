// A client of MCP over HTTP: one session at a time, and another where the server does not know it any more.
import { isJson } from "./dom.js";

/** @typedef {import("./dom.js").Json} Json */
/**
 * @typedef {object} Asked
 * @property {string} method
 * @property {Json} [params]
 * @property {AbortSignal} [signal]
 * @property {(notification: Json) => void} [onNotification]
 */

/** The server's own words for why there is no result. */
export class Refusal extends Error {
  /**
   * @param {number} status Of HTTP.
   * @param {string} message
   */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export class Client {
  #last = 0;
  /** @type {Promise<Json> | undefined} */
  #opening;
  /** @type {Record<string, string>} */
  #session = {};
  /** Sent with each request, where the server asks for it. */
  token = "";

  /**
   * What the server says of itself.
   * @returns {Promise<Json>}
   */
  open() {
    this.#opening ??= this.#initialize().catch((cause) => {
      this.#opening = undefined;
      throw cause;
    });
    return this.#opening;
  }

  /** The next request begins a session. */
  forget() {
    this.#opening = undefined;
    this.#session = {};
  }

  /**
   * @param {Asked} asked
   * @returns {Promise<Json>} The result.
   */
  async ask(asked) {
    await this.open();
    try {
      return await this.#send(asked);
    } catch (cause) {
      if (!(cause instanceof Refusal && cause.status === 404)) throw cause;
      this.forget();
      await this.open();
      return this.#send(asked);
    }
  }

  async #initialize() {
    const clientInfo = { name: "mcpgen dev page", version: "1" };
    const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
    const result = await this.#send({ method: "initialize", params });
    this.#session["mcp-protocol-version"] = String(result["protocolVersion"]);
    await this.#post({ jsonrpc: "2.0", method: "notifications/initialized" });
    return result;
  }

  /**
   * @param {Asked} asked
   * @returns {Promise<Json>}
   */
  async #send({ method, params, signal, onNotification = () => undefined }) {
    const id = ++this.#last;
    const cancel = () => {
      const told = { requestId: id, reason: "The reader of the page has called it off." };
      this.#post({ jsonrpc: "2.0", method: "notifications/cancelled", params: told }).catch(() => undefined);
    };
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      const response = await this.#post({ jsonrpc: "2.0", id, method, ...(params && { params }) }, signal);
      for await (const message of messagesOf(response)) {
        // What refuses a request that it has not read answers no id.
        const isAnswer = (message["id"] === id || message["id"] === null) && !("method" in message);
        if (!isAnswer) onNotification(message);
        else if (isJson(message["error"])) throw new Refusal(response.status, String(message["error"]["message"]));
        else if (isJson(message["result"])) return message["result"];
      }
      throw new Refusal(response.status, `The server answered ${response.status} ${response.statusText}`.trim());
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
  }

  /** The page is left, and its session with it. */
  end() {
    if (this.#session["mcp-session-id"] === undefined) return;
    fetch("/mcp", { method: "DELETE", headers: this.#headers(), keepalive: true }).catch(() => undefined);
  }

  #headers() {
    return { ...this.#session, ...(this.token !== "" && { authorization: `Bearer ${this.token}` }) };
  }

  /**
   * @param {Json} message
   * @param {AbortSignal} [signal]
   */
  async #post(message, signal) {
    const response = await fetch("/mcp", {
      method: "POST",
      headers: {
        accept: "application/json, text/event-stream",
        "content-type": "application/json",
        ...this.#headers(),
      },
      body: JSON.stringify(message),
      ...(signal && { signal }),
    });
    const name = response.headers.get("mcp-session-id");
    if (name !== null) this.#session["mcp-session-id"] = name;
    return response;
  }
}

/**
 * @param {Response} response
 * @returns {AsyncGenerator<Json>}
 */
async function* messagesOf(response) {
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
    const text = await response.text();
    if (response.headers.get("content-type")?.startsWith("application/json")) yield* parse(text);
    else if (text !== "" && !response.ok) throw new Refusal(response.status, text);
    return;
  }
  let rest = "";
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    const events = (rest + decoder.decode(read.value, { stream: true })).split(/\r?\n\r?\n/);
    rest = events.pop() ?? "";
    for (const event of events) yield* parse(event.replaceAll(/^data: ?|^(?!data:).*$/gm, ""));
  }
}

/**
 * @param {string} text
 * @returns {Generator<Json>}
 */
function* parse(text) {
  if (text.trim() === "") return;
  const value = /** @type {unknown} */ (JSON.parse(text));
  if (isJson(value)) yield value;
}
