// The lines between tools and what they need, what is tied to a chosen node, and the search. Works on what the page has.
{
  const svg = /** @type {SVGSVGElement} */ (document.querySelector(".lines"));
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const head = /** @type {HTMLElement} */ (document.querySelector("header"));
  const count = /** @type {HTMLElement} */ (document.querySelector("#count"));
  const search = /** @type {HTMLInputElement} */ (document.querySelector("#search"));
  const nothing = /** @type {HTMLElement} */ (document.querySelector(".nothing"));
  const columns = /** @type {HTMLElement} */ (document.querySelector(".columns"));
  const nodes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".node")]);
  const files = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".file")]);
  const served = nodes.filter((node) => node.closest(".served"));
  const isWide = matchMedia("(min-width: 1000px)");
  const total = count.textContent;

  /** @typedef {{ readonly from: string, readonly to: string }} Edge */
  /** @type {readonly Edge[]} */
  const edges = nodes.flatMap((node) =>
    (node.dataset["needs"] ?? "")
      .split(" ")
      .filter((to) => to !== "")
      .map((to) => ({ from: node.id, to })),
  );
  const byId = new Map(nodes.map((node) => [node.id, node]));

  /**
   * All that is reached from these by edges in one direction, with themselves.
   * @param {readonly string[]} ids
   * @param {"from" | "to"} near
   */
  const reach = (ids, near) => {
    const found = new Set(ids);
    for (const id of found)
      for (const edge of edges) if (edge[near] === id) found.add(near === "from" ? edge.to : edge.from);
    return found;
  };

  /** @type {string | undefined} */
  let pinned;
  /** @type {string | undefined} */
  let pointed;

  // What is chosen.

  const show = () => {
    const id = pointed ?? pinned;
    const below = reach(id === undefined ? [] : [id], "from");
    const above = reach(id === undefined ? [] : [id], "to");
    const shownByFilter = isSearching()
      ? reach(
          served.filter(isShown).map((node) => node.id),
          "from",
        )
      : new Set();
    main.classList.toggle("choosing", id !== undefined);
    for (const node of nodes) {
      const isTied = id === undefined ? shownByFilter.has(node.id) && !served.includes(node) : below.has(node.id) || above.has(node.id); // prettier-ignore
      node.classList.toggle("tied", isTied && node.id !== id);
      node.classList.toggle("chosen", node.id === id);
      node.querySelector("button")?.setAttribute("aria-pressed", String(node.id === pinned));
    }
    draw(below, above);
  };

  // The lines.

  /** @param {HTMLElement} node */
  const isShown = (node) => node.getClientRects().length > 0;

  /**
   * The lines of a chosen node; otherwise those of what is in view.
   * @param {ReadonlySet<string>} below
   * @param {ReadonlySet<string>} above
   */
  const draw = (below, above) => {
    if (!isWide.matches) return;
    const origin = main.getBoundingClientRect();
    const isChosen = below.size > 0;
    const paths = edges.flatMap(({ from, to }) => {
      const isOnTheWay = (below.has(from) && below.has(to)) || (above.has(from) && above.has(to));
      const [start, end] = [byId.get(from), byId.get(to)];
      if (!start || !end || (isChosen && !isOnTheWay) || !isShown(start) || !isShown(end)) return [];
      const [a, b] = [start.getBoundingClientRect(), end.getBoundingClientRect()];
      if (!isChosen && isSearching() && !start.matches(".served .node, .tied")) return [];
      if (!isChosen && (a.bottom < head.offsetHeight || a.top > innerHeight)) return [];
      return [pathOf(a, b, { origin, isChosen })];
    });
    svg.replaceChildren(...paths);
  };

  /**
   * From the right of what needs to the left of what is needed; around the right of two in one column.
   * @param {DOMRect} from
   * @param {DOMRect} to
   * @param {{ readonly origin: DOMRect, readonly isChosen: boolean }} how
   */
  const pathOf = (from, to, { origin, isChosen }) => {
    const isBeside = to.left > from.right;
    const frame = columns.getBoundingClientRect();
    const within = (/** @type {DOMRect} */ { left, top }, /** @type {number} */ y) =>
      (left < frame.left ? top + y : Math.max(frame.top, Math.min(frame.bottom, top + y))) - origin.top;
    const [x1, y1] = [from.right - origin.left, within(from, Math.min(from.height, 46) / 2)];
    const [x2, y2] = [(isBeside ? to.left : to.right) - origin.left, within(to, Math.min(to.height, 46) / 2)];
    const bend = isBeside ? Math.max(24, Math.min(120, (x2 - x1) / 2)) : 44;
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 + (isBeside ? -bend : bend)} ${y2} ${x2} ${y2}`);
    path.classList.toggle("shown", isChosen);
    return path;
  };

  // The search.

  const words = () => search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const isSearching = () => words().length > 0;
  /** The folds that the reader has opened, before a search opened more. */
  const opened = new WeakSet();

  const find = () => {
    const wanted = words();
    main.classList.toggle("searching", wanted.length > 0);
    for (const file of files) {
      const path = file.querySelector("h2 span")?.textContent ?? "";
      let found = 0;
      for (const node of /** @type {NodeListOf<HTMLElement>} */ (file.querySelectorAll(".node"))) {
        const text = `${path} ${node.textContent}`.toLowerCase();
        node.hidden = !wanted.every((word) => text.includes(word));
        if (!node.hidden) found += 1;
      }
      file.hidden = found === 0;
      const size = file.querySelector("h2 small");
      if (size)
        size.textContent = wanted.length === 0 ? `${served.filter((node) => file.contains(node)).length}` : `${found}`;
      for (const details of file.querySelectorAll("details")) {
        const isFound = details.querySelector(".node:not([hidden])") !== null;
        details.hidden = !isFound;
        details.open = wanted.length > 0 ? isFound : opened.has(details);
      }
    }
    const found = served.filter((node) => !node.hidden).length;
    nothing.hidden = found > 0;
    count.textContent = wanted.length === 0 ? total : `${found} of ${total}`;
    show();
  };

  // What readers do.

  /** @param {string | undefined} id */
  const pin = (id) => {
    pinned = id === pinned ? undefined : id;
    pointed = undefined;
    show();
    const below = reach(pinned === undefined ? [] : [pinned], "from");
    if (columns.classList.contains("scrolling"))
      nodes.find((node) => columns.contains(node) && below.has(node.id))?.scrollIntoView({ block: "nearest" });
  };

  /** To the one before or after it, of those that are shown. @param {number} step */
  const move = (step) => {
    const all = nodes.filter(isShown);
    const current = all.findIndex((node) => node.contains(document.activeElement));
    const next = current === -1 ? all[0] : all[Math.min(all.length - 1, Math.max(0, current + step))];
    next?.querySelector("button")?.focus();
  };

  for (const node of nodes) {
    node.addEventListener("pointerenter", ({ pointerType }) => {
      if (pointerType !== "mouse") return;
      pointed = node.id;
      show();
    });
    node.addEventListener("pointerleave", () => {
      pointed = undefined;
      show();
    });
    node.querySelector("button")?.addEventListener("click", () => pin(node.id));
  }
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".needs a")))
    link.addEventListener("click", () => {
      pinned = undefined;
      pin(link.hash.slice(1));
    });
  for (const details of document.querySelectorAll("details"))
    details.addEventListener("toggle", () => {
      if (!isSearching()) opened[details.open ? "add" : "delete"](details);
      show();
    });
  search.addEventListener("input", find);
  addEventListener("keydown", (event) => {
    const isTyping = event.target === search;
    if (event.key === "Escape") {
      if (isTyping) search.value = "";
      pinned = undefined;
      find();
    } else if (event.key === "/" && !isTyping) search.focus();
    else if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp" && !isTyping) move(-1);
    else return;
    event.preventDefault();
  });

  const fit = () => {
    const height = head.offsetHeight;
    document.documentElement.style.setProperty("--head", `${height + 20}px`);
    // What is taller than the window shows names alone, and what is taller still scrolls beside the tools.
    const room = innerHeight - height - 40;
    columns.classList.remove("dense", "scrolling");
    columns.classList.toggle("dense", isWide.matches && columns.offsetHeight > room);
    columns.classList.toggle("scrolling", isWide.matches && columns.offsetHeight > room);
    show();
  };
  addEventListener("resize", fit);
  for (const target of [window, columns])
    target.addEventListener("scroll", () => requestAnimationFrame(show), { passive: true });
  addEventListener("hashchange", () => {
    const id = location.hash.slice(1);
    if (byId.has(id) && pinned !== id) pin(id);
  });
  for (const label of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".search")))
    label.hidden = false;
  if (byId.has(location.hash.slice(1))) pinned = location.hash.slice(1);
  fit();
}
