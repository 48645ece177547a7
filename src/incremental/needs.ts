/** Whether a part says nothing of what all functions share: providers, configurations, and who needs them. */
import { isDeepStrictEqual } from "node:util";
import type { ApiModel, FunctionModel } from "../model/api.js";
import { keyId } from "../model/keys.js";
import type { JoinedFunctions } from "./functions.js";
import { isEntangled } from "./part.js";

export interface Models {
  readonly before: ApiModel;
  readonly anew: ApiModel;
}

export function standsAlone({ kept, old, own }: JoinedFunctions, { before, anew }: Models): boolean {
  const { providers, candidates, bindings, sets, configs } = anew;
  if ([...providers, ...candidates, ...bindings, ...sets].length > 0 || own.some(isEntangled)) return false;
  const [needed, needs, others] = [needsOf(old), needsOf(own), needsOf(kept)];
  return (
    configs.every((config) => before.configs.some((each) => isDeepStrictEqual(each, config))) &&
    before.configs.every(({ key }) => needed.has(keyId(key)) === needs.has(keyId(key))) &&
    [...needs].every((key) => needed.has(key) || others.has(key) || !provides(before)) &&
    [...needed].every((key) => needs.has(key) || others.has(key) || !dependsOn(before, key))
  );
}

function needsOf(functions: readonly FunctionModel[]): ReadonlySet<string> {
  return new Set(functions.flatMap(({ parameters }) => parameters.flatMap(({ key }) => (key ? keyId(key) : []))));
}

/** Whether a type that no function has needed so far could be provided, or be near to it. */
function provides({ providers, candidates }: ApiModel): boolean {
  return providers.length > 0 || candidates.length > 0;
}

/** Whether it is found only because a function needs it. */
function dependsOn({ providers, assignable }: ApiModel, key: string): boolean {
  return key in assignable || providers.some(({ implied, produces }) => implied && keyId(produces) === key);
}
