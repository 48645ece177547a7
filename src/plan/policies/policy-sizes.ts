/** What a tool's tags set + what mcpgen.json says instead → what is set. Whether there is a policy is for the tags alone to say. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { closest } from "../../diagnostics/suggest.js";
import { policyRows } from "../../language/policies/policies.js";
import type { PolicySize } from "../../model/policy-sizes.js";
import { succeed, type Result } from "../../model/result.js";
import type { PolicySettings, Setting } from "./policy-settings.js";
import { readValue } from "./policy-values.js";

/** `sizes`: those of this tool. */
export function resize(
  read: readonly PolicySettings[],
  sizes: readonly PolicySize[],
): Result<readonly PolicySettings[]> {
  const diagnostics: Diagnostic[] = [];
  const resized = read.map((policy) => {
    const settings = new Map(policy.settings);
    for (const size of sizes.filter(({ tag }) => tag === policy.name)) {
      const setting = readSize(size, policy);
      if ("problem" in setting) diagnostics.push(setting.problem);
      else settings.set(size.key, setting);
    }
    return { ...policy, settings };
  });
  const idle = sizes.filter(({ tag }) => !read.some(({ name }) => name === tag));
  return succeed(resized, [...diagnostics, ...idle.map(refuseIdle)]);
}

function readSize(
  { key, written, places }: PolicySize,
  { name, tag }: PolicySettings,
): Setting | { readonly problem: Diagnostic } {
  const { keys } = policyRows[name].grammar;
  const expected = keys[key];
  const value = expected && readValue(written, expected);
  const span = places.value ?? tag.span;
  if (value?.kind === "value") return { value: value.value, written, span };
  const message = `\`${written}\` as \`${key}\` of \`@${name}\` ${value?.reason ?? "is unknown"}`;
  return { problem: diagnostic("MG406", message, { span, help: value?.help }) };
}

function refuseIdle({ tool, tag, places }: PolicySize): Diagnostic {
  return diagnostic("MG424", `\`${tool}\` has no \`@${tag}\` to override`, { span: places.tag });
}

/** `tools`: the names of all of them. */
export function findSizesOfNobody(sizes: readonly PolicySize[], tools: readonly string[]): readonly Diagnostic[] {
  return sizes
    .filter(({ tool }, index) => !tools.includes(tool) && sizes.findIndex((other) => other.tool === tool) === index)
    .map(({ tool, places }) => {
      const meant = closest(tool, tools);
      const message = `there is no tool \`${tool}\`${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`;
      return diagnostic("MG424", message, {
        span: places.tool,
        help: meant === undefined ? undefined : `write \`${meant}\``,
      });
    });
}
