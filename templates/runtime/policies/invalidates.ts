// `@invalidates user:{userId}`: after a success, what was kept with these tags is forgotten, in all processes.
import { useCache } from "../cache/tiers.js";
import { classifyError } from "../errors/classify.js";
import { openWithServers } from "../lifecycle/resources.js";
import { defaultsOf } from "./defaults.js";
import type { PolicyCall } from "../call/tool-call.js";
import type { Policy } from "./policy.js";
import { fillTag } from "./template.js";

export interface InvalidatesOptions {
  /** Templates: `user:{userId}`. */
  readonly tags: readonly string[];
}

/** A failure forgets nothing, unless nobody knows whether it was one: after a timeout or a cancellation. */
export function invalidates({ tags }: InvalidatesOptions): Policy {
  return {
    kind: "invalidates",
    bind({ server, inputSchema }) {
      const defaults = defaultsOf(inputSchema);
      openWithServers(() => void useCache(server));
      const invalidate = async ({ wire }: PolicyCall): Promise<void> =>
        useCache(server).invalidate(tags.map((tag) => fillTag(tag, { ...defaults, ...wire })));
      return async (call, next) => {
        try {
          const result = await next(call);
          if (result.isError !== true) await invalidate(call);
          return result;
        } catch (error) {
          const { kind } = classifyError(error);
          if (kind === "timeout" || kind === "cancelled") await invalidate(call);
          throw error;
        }
      };
    },
  };
}
