// A tool → the form that calls it, and what is in the form → the arguments.
import { find, isJson, make } from "./dom.js";
import { argumentsOf, describe } from "./schema.js";

/** @typedef {import("./dom.js").Json} Json */
/** @typedef {import("./schema.js").Argument} Argument */
/**
 * @typedef {object} Field
 * @property {HTMLElement} element
 * @property {() => unknown} read Undefined: it is left out. Throws what is wrong with it.
 * @property {(value: unknown) => void} write Undefined empties it.
 * @property {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} control
 */
/**
 * @typedef {object} Form
 * @property {HTMLFormElement} element
 * @property {() => Json | undefined} read Undefined where something is wrong, which is said beside it.
 * @property {(given: Json) => void} write
 */

/**
 * @param {Json} schema Of the tool's arguments.
 * @returns {Form}
 */
export function createForm(schema) {
  const all = argumentsOf(schema);
  const fields = new Map(all?.map((argument) => [argument.name, createField(argument)]));
  const whole = createJsonField("arguments", "All arguments, as JSON");
  const element = make("form", { novalidate: true, autocomplete: "off" });
  const toggle = make("button", { type: "button", class: "quiet" });
  let isWhole = all === undefined;
  const show = () => {
    toggle.textContent = isWhole ? "Fields" : "As JSON";
    whole.element.hidden = !isWhole;
    for (const { element: each } of fields.values()) each.hidden = isWhole;
  };
  const readFields = () =>
    Object.fromEntries([...fields].map(([name, field]) => [name, field.read()]).filter(([, value]) => value !== undefined)); // prettier-ignore
  /** @param {Json} given */
  const write = (given) => {
    whole.write(given);
    for (const [name, field] of fields) field.write(given[name]);
  };
  const read = () => {
    for (const field of [whole, ...fields.values()]) complain(field, "");
    const shown = isWhole ? [whole] : [...fields.values()];
    for (const field of shown) {
      const problem = problemOf(field);
      complain(field, problem);
      if (problem !== "") field.control.focus();
      if (problem !== "") return undefined;
    }
    const given = isWhole ? whole.read() : readFields();
    return isJson(given) ? given : {};
  };
  toggle.addEventListener("click", () => {
    const given = read();
    if (given === undefined) return;
    isWhole = !isWhole;
    write(given);
    show();
  });
  const empty = make("p", { class: "hint" }, "It takes no arguments.");
  const run = make("button", { type: "submit", class: "run", title: "Ctrl+Enter" }, "Call");
  const stop = make("button", { type: "button", class: "quiet stop", hidden: true }, "Call off");
  element.append(
    whole.element,
    ...(all?.length === 0 ? [empty] : []),
    ...[...fields.values()].map((field) => field.element),
    make("div", { class: "buttons" }, run, stop, ...(all === undefined || all.length === 0 ? [] : [toggle])),
  );
  write(Object.fromEntries((all ?? []).map(({ name, initial }) => [name, initial])));
  show();
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) element.requestSubmit();
  });
  return { element, read, write };
}

/** @param {Field} field */
function problemOf(field) {
  try {
    field.read();
    return "";
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/**
 * @param {Field} field
 * @param {string} problem Empty where there is none.
 */
function complain({ element, control }, problem) {
  const place = find(".problem", HTMLElement, element);
  place.textContent = problem;
  if (problem === "") control.removeAttribute("aria-invalid");
  else control.setAttribute("aria-invalid", "true");
}

let last = 0;

/**
 * @param {string} name
 * @param {{ readonly description?: unknown, readonly hint: string, readonly isRequired: boolean }} about
 * @param {Field["control"]} control
 */
function frame(name, { description, hint, isRequired }, control) {
  const id = `field-${++last}`;
  control.id = id;
  control.setAttribute("aria-describedby", `${id}-about`);
  control.setAttribute("name", name);
  return make(
    "div",
    { class: "field" },
    make("label", { for: id }, make("b", {}, name), make("small", {}, isRequired ? "" : "optional")),
    control,
    make("p", { class: "about", id: `${id}-about` }, make("span", { class: "problem", role: "alert" }), make("span", {}, [description, hint].filter(Boolean).join(" · "))), // prettier-ignore
  );
}

/**
 * @param {Argument} argument
 * @returns {Field}
 */
function createField(argument) {
  const { name, shape, schema, isRequired, mayBeNull } = argument;
  const about = { description: schema["description"], hint: describe(argument), isRequired };
  switch (shape.kind) {
    case "choice":
      return createChoice(name, about, mayBeNull ? [...shape.choices, null] : shape.choices);
    case "boolean":
      return createChoice(name, about, mayBeNull ? [true, false, null] : [true, false]);
    case "number":
    case "integer":
      return createText(name, about, { mayBeNull, read: readNumber });
    case "text":
      return createText(name, about, { mayBeNull, read: (text) => text });
    case "json":
      return createJsonField(name, about.hint, about);
  }
}

/**
 * @param {string} name
 * @param {{ readonly description?: unknown, readonly hint: string, readonly isRequired: boolean }} about
 * @param {readonly unknown[]} choices
 * @returns {Field}
 */
function createChoice(name, about, choices) {
  const label = (/** @type {unknown} */ value) => (typeof value === "string" ? value : JSON.stringify(value));
  const none = make("option", { value: "" }, about.isRequired ? "Choose" : "—");
  const options = choices.map((value, index) => make("option", { value: index }, label(value)));
  const control = make("select", {}, ...(about.isRequired && choices.length === 1 ? [] : [none]), ...options);
  return {
    ...{ control, element: frame(name, about, control) },
    read: () => {
      if (control.value === "" && about.isRequired) throw new Error("Choose one.");
      return control.value === "" ? undefined : choices[Number(control.value)];
    },
    write: (value) => {
      const index = choices.findIndex((each) => JSON.stringify(each) === JSON.stringify(value));
      control.value = index === -1 ? (control.options[0]?.value ?? "") : String(index);
    },
  };
}

/**
 * Empty it is left out, unless it is a string that has to be there.
 * @param {string} name
 * @param {{ readonly description?: unknown, readonly hint: string, readonly isRequired: boolean }} about
 * @param {{ readonly mayBeNull: boolean, readonly read: (text: string) => unknown }} how
 * @returns {Field}
 */
function createText(name, about, { mayBeNull, read }) {
  const control = make("textarea", { rows: 1, spellcheck: "false" });
  const element = frame(name, about, control);
  const nothing = make("input", { type: "checkbox" });
  if (mayBeNull) find("label", HTMLElement, element).after(make("label", { class: "null" }, nothing, "null"));
  nothing.addEventListener("change", () => {
    control.disabled = nothing.checked;
  });
  return {
    ...{ control, element },
    read: () => {
      if (nothing.checked) return null;
      if (control.value === "" && !about.isRequired) return undefined;
      return read(control.value);
    },
    write: (value) => {
      nothing.checked = value === null;
      control.disabled = nothing.checked;
      control.value = value === undefined || value === null ? "" : String(value);
    },
  };
}

/** @param {string} text */
function readNumber(text) {
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number)) throw new Error("It is not a number.");
  return number;
}

/**
 * @param {string} name
 * @param {string} hint
 * @param {{ readonly description?: unknown, readonly hint: string, readonly isRequired: boolean }} about
 * @returns {Field}
 */
function createJsonField(name, hint, about = { hint, isRequired: true }) {
  const control = make("textarea", { rows: 3, spellcheck: "false", class: "code" });
  const field = { control, element: frame(name, about, control) };
  const read = () => {
    if (control.value.trim() === "" && !about.isRequired) return undefined;
    try {
      return /** @type {unknown} */ (JSON.parse(control.value));
    } catch (cause) {
      throw new Error(`It is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  };
  control.addEventListener("input", () => complain({ ...field, read, write: () => undefined }, control.value.trim() === "" ? "" : problemOf({ ...field, read, write: () => undefined }))); // prettier-ignore
  return {
    ...field,
    read,
    write: (value) => {
      control.value = value === undefined ? "" : JSON.stringify(value, null, 2);
    },
  };
}
