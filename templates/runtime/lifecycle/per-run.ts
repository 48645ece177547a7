// What a policy learns while servers run: made on first use, forgotten with the last server of the process. Tests
// that start one server after another get each in its first state.
import { closeWithServers } from "./resources.js";

export function keepWhileServing<State>(create: () => State): () => State {
  let kept: { readonly state: State } | undefined;
  return () => {
    if (kept !== undefined) return kept.state;
    kept = { state: create() };
    closeWithServers(() => {
      kept = undefined;
      return Promise.resolve();
    });
    return kept.state;
  };
}
