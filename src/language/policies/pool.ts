/** Not of a tool but of a provider: how many of what it makes are lent to calls. */
import { count, duration, type TagGrammar } from "./policy.js";

export const poolGrammar: TagGrammar = {
  positions: [],
  keys: { max: count, acquire: duration, idle: duration },
  required: [],
  shortest: "@pool max=10",
};
