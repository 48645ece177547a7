/** The tags that functions invalidate + those that results are kept under → the ones that no result has. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { closest } from "../../diagnostics/suggest.js";
import type { ApiModel, TypeKey } from "../../model/api.js";
import { readPolicyTags } from "./policies.js";
import type { PolicySettings, Setting } from "./policy-settings.js";
import type { PolicyTagName } from "../../language/policies/policies.js";
import { injectedOf } from "../../language/injected/injected.js";
import { splitTemplates } from "./policy-values.js";
import { placeWithin } from "./policy-words.js";

/** Where a function takes the cache itself, its code may give tags that are not seen here. */
export function checkInvalidations({ functions, providers }: ApiModel): readonly Diagnostic[] {
  const keys = [...functions, ...providers].flatMap(({ parameters }) => parameters.map(({ key }) => key));
  const isSaid = functions.some(({ docs }) => docs.tags.some(({ name }) => name === "invalidates"));
  if (!isSaid || keys.some(givesCache)) return [];
  const read = functions.flatMap(({ docs }) => readPolicyTags(docs.tags).value);
  const cached = tagsOf(read, "cache").flatMap(({ written }) => splitTemplates(written));
  return tagsOf(read, "invalidates").flatMap(({ written, span }) =>
    splitTemplates(written)
      .filter((tag) => !cached.some((known) => canMeet(tag, known) || canMeet(known, tag)))
      .map((tag) => {
        const meant = closest(tag, cached);
        const message = `no result is cached under \`${tag}\`${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`;
        const help = meant === undefined ? undefined : `write \`${meant}\``;
        return diagnostic("MG414", message, {
          span: placeWithin(span, { text: tag, from: written.indexOf(tag) }),
          help,
        });
      }),
  );
}

function tagsOf(read: readonly PolicySettings[], name: PolicyTagName): readonly Setting[] {
  return read.flatMap((each) => (each.name === name ? [each.settings.get("tags") ?? []].flat() : []));
}

/** Whatever arguments are put into the one, the other may have the same text. */
function canMeet(one: string, other: string): boolean {
  const texts = one.split(/\{[^}]*\}/).map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${texts.join(".+")}$`, "su").test(other);
}

function givesCache(key: TypeKey | undefined): boolean {
  return injectedOf(key)?.givesTags === true;
}
