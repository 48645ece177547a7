/** PolicyPlan[] → the list of policies in a tool's file, and the line that says in which order they apply. */
import type { PolicyOption, PolicyPlan } from "../../model/plan.js";
import { array, atom, call, object, type Code } from "../code/code.js";
import type { Module } from "../code/module.js";
import { propertyKey, stringLiteral } from "../code/text.js";

export function renderPolicies(policies: readonly PolicyPlan[], module: Module, runtime: string): Code {
  return array(
    policies.map(({ kind, module: file, options }) => {
      const from = `${runtime}/policies/${file}.js`;
      const entries = Object.entries(options).map(([key, option]) => ({
        key: propertyKey(key),
        value: optionCode(option),
      }));
      return call(module.use({ from, name: kind, suffix: "Policy" }), entries.length > 0 ? [object(entries)] : []);
    }),
  );
}

/** `cache → retry → getWeather`. */
export function describeOrder(policies: readonly PolicyPlan[], callee: string): string {
  return [...policies.map(({ title }) => title), callee].join(" → ");
}

function optionCode(option: PolicyOption): Code {
  if (typeof option === "number") return atom(String(option), "number");
  return typeof option === "string"
    ? atom(stringLiteral(option), "string")
    : array(option.map((each) => atom(stringLiteral(each), "string")));
}
