/** `@resource` → what a client reads by a URI. */
import type { Config } from "../../config/config.js";
import { closest } from "../../diagnostics/suggest.js";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { DocTag, FunctionModel } from "../../model/api.js";
import type { ResourcePlan, ServedPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import { compareSpans } from "../../model/span.js";
import { placeArgument } from "../chains/argument-places.js";
import { factsOfReading, warnOfChanges } from "../chains/changes.js";
import { findTag } from "../surface/check-tags.js";
import { planServed } from "../tools/served.js";
import { nameTool } from "../tools/tool-names.js";
import type { Planning } from "../tools/tool-parameters.js";
import { planContents } from "./contents.js";
import { checkTexts } from "./texts.js";
import { readUri, type UriTemplate } from "./uri-template.js";

/** The value is only to be used when no diagnostic is an error. */
export function planResource(source: FunctionModel, planning: Planning, config: Config): Result<ResourcePlan> {
  const tag = findTag(source.docs, "resource");
  const uri = readUri(tag);
  const contents = planContents(source);
  const served = planServed(source, {
    planning,
    config,
    name: nameTool(source, config.naming),
    result: succeed(contents.value.result, contents.diagnostics),
    factsOf: factsOfReading,
  });
  const mimeType = findTag(source.docs, "mimeType")?.text.trim();
  const resource: ResourcePlan = {
    ...served.value,
    uri: uri.value?.text ?? "",
    isTemplate: (uri.value?.variables.length ?? 0) > 0,
    form: contents.value.form,
    ...(mimeType && { mimeType }),
  };
  return succeed(resource, [
    ...served.diagnostics,
    ...uri.diagnostics,
    ...(tag && uri.value ? bindVariables(uri.value, tag, { source, served: served.value }) : []),
    ...warnOfChanges(source, served.value),
    ...checkTexts(served.value, source, "a URI"),
  ]);
}

interface Bound {
  readonly source: FunctionModel;
  readonly served: ServedPlan;
}

/** Each variable has its parameter, and each parameter that has to be there its variable. */
function bindVariables({ variables }: UriTemplate, { span }: DocTag, { source, served }: Bound): readonly Diagnostic[] {
  const { input, steps = [] } = served;
  const names = input.properties.map(({ name }) => name);
  const written = new Set(variables.map(({ name }) => name));
  const unknown = variables.filter(({ name }) => !names.includes(name));
  // A variable that is misspelt leaves its parameter without one: that is told once.
  const unfilled =
    unknown.length > 0 ? [] : input.properties.filter(({ name, optional }) => !optional && !written.has(name));
  return [
    ...unknown.map(({ name }) => {
      const meant = closest(name, names);
      const hint = meant === undefined ? "" : `; did you mean \`${meant}\`?`;
      const taken = steps.some(({ how }) => how === "fills")
        ? `neither \`${source.name}\` nor a step of it takes \`${name}\``
        : `\`${source.name}\` has no parameter \`${name}\``;
      return diagnostic("MG511", `${taken}${hint}`, { span });
    }),
    ...unfilled.map(({ name }) => {
      const place = placeArgument(name, source, steps);
      const help =
        place.tool === undefined ? undefined : `add \`{${name}}\` to the URI, or take it from a tool without it`;
      return diagnostic("MG511", `no variable of the URI gives ${place.told} its value`, { span: place.span, help });
    }),
  ];
}

/** Two that a URI fits equally: which of them is read could not be known. */
export function findSameUris(resources: readonly ResourcePlan[]): readonly Diagnostic[] {
  const first = new Map<string, ResourcePlan>();
  return resources
    .toSorted((a, b) => compareSpans(a.span, b.span))
    .flatMap((resource) => {
      const shape = resource.uri.replace(/\{\?[^{}]*\}/, "").replace(/\{(\+?)[^{}]*\}/g, "{$1}");
      const earlier = first.get(shape);
      if (!earlier) {
        first.set(shape, resource);
        return [];
      }
      const notes = [{ message: `\`${earlier.name}\` has it already`, span: earlier.span }];
      return [diagnostic("MG514", `\`${resource.uri}\` is the URI of two resources`, { span: resource.span, notes })];
    });
}
