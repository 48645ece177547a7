// The page of `mcpgen dev`: what happens comes by events, what is called goes to /mcp as any client's calls do.
import { Client, Refusal } from "./client.js";
import { find, make, press, showDuration } from "./dom.js";
import { FeedView } from "./feed.js";
import { listTools, ToolView } from "./tools.js";

/** @typedef {import("../../../src/dev/page/news.js").News} News */
/** @typedef {import("../../../src/dev/page/news.js").BuildNews} BuildNews */

const client = new Client();
const tools = new ToolView(client);
const feed = new FeedView((tool, given) => {
  show("tools");
  tools.choose(tool, given);
});
const state = find("#state", HTMLElement);
const report = find("#report", HTMLElement);
const graph = find("#graph", HTMLIFrameElement);
const main = find("main", HTMLElement);

// The tools.

const readTools = async () => {
  try {
    const { serverInfo } = /** @type {{ serverInfo?: { title?: string, name?: string } }} */ (await client.open());
    const title = serverInfo?.title ?? serverInfo?.name ?? "mcpgen dev";
    find("#title", HTMLElement).textContent = title;
    document.title = `${title} · mcpgen dev`;
    tools.setTools(await listTools(client));
  } catch (cause) {
    const place = find("#list", HTMLElement);
    if (cause instanceof Refusal && cause.status === 401) place.replaceChildren(askForToken());
    else place.replaceChildren(make("p", { class: "hint" }, cause instanceof Error ? cause.message : String(cause)));
  }
};

/** The server lets in only who has one; it stays in this page. */
function askForToken() {
  const token = make("input", { type: "password", id: "token", autocomplete: "off" });
  const form = make("form", { class: "token" }, make("label", { for: "token" }, "The server asks for a token"), token);
  form.append(make("button", { type: "submit" }, "Use it"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    client.token = token.value;
    client.forget();
    void readTools();
  });
  return form;
}

// What happens.

/** @param {BuildNews} build */
const showBuild = (build) => {
  state.className = build.state;
  state.textContent = stateText(build);
  const text = "report" in build ? build.report : "";
  if (build.state !== "building") report.hidden = text === "";
  if (text === "") return;
  report.className = build.state;
  find("summary", HTMLElement, report).textContent = build.state === "broken" ? "The build has errors" : "Warnings of the build"; // prettier-ignore
  find("pre", HTMLElement, report).textContent = text;
  find("details", HTMLDetailsElement, report).open = build.state === "broken";
};

/** @param {BuildNews} build */
const stateText = (build) => {
  switch (build.state) {
    case "building":
      return "building …";
    case "served":
      return `served ${showDuration(build.milliseconds)} after the change`;
    case "broken":
      return `${build.reason}; ${build.goesOn === "yes" ? "the server of the last good build goes on" : "a change tries again"}`;
    case "crashed":
      return `the server has ended (${build.how}); a change starts it again`;
  }
};

/** @param {News} news */
const hear = (news) => {
  switch (news.kind) {
    case "build":
      showBuild(news.build);
      if (news.build.state === "served" || (news.build.state === "broken" && news.build.goesOn === "yes"))
        void readTools();
      if (news.build.state === "served" && graph.src !== "") graph.contentWindow?.location.reload();
      return;
    case "files":
      tools.setFiles(news.files);
      return;
    case "call":
      feed.showCall(news.call);
      return;
    case "line":
      feed.showLine(news.line, news.at);
      return;
  }
};

const events = new EventSource("/events");
events.addEventListener("begin", () => feed.clear());
events.addEventListener("message", ({ data }) => hear(/** @type {News} */ (JSON.parse(data))));
events.addEventListener("error", () => {
  state.className = "crashed";
  state.textContent = "mcpgen dev cannot be reached";
});

addEventListener("pagehide", () => client.end());

// The views.

/** @param {string} view */
function show(view) {
  if (view === "graph" && graph.src === "") graph.src = "/graph";
  graph.hidden = view !== "graph";
  main.hidden = view !== "tools";
  press(views, (button) => button.dataset["view"] === view);
}

const views = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-view]"));
const feeds = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-feed]"));
for (const button of views) button.addEventListener("click", () => show(button.dataset["view"] ?? "tools"));
for (const button of feeds)
  button.addEventListener("click", () => {
    press(feeds, (each) => each === button);
    for (const { dataset } of feeds) find(`#${dataset["feed"]}`, HTMLElement).hidden = dataset["feed"] !== button.dataset["feed"]; // prettier-ignore
  });
addEventListener("keydown", (event) => {
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  if (event.key !== "/" || isTyping) return;
  event.preventDefault();
  show("tools");
  find("#search", HTMLInputElement).focus();
});
