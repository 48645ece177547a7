/** The text of an SQL statement → what it does, as far as its first word tells. */
import type { Known } from "./effect-tables.js";

const changes = /^\s*(?:insert|update|delete|merge|truncate|create|drop|alter|grant|revoke|comment|copy|call|do)\b/i;
const looks = /^\s*(?:select|values|table|show|explain)\b/i;
/** In a statement that only seems to look: a lock, a new table, a function that does more than compute. */
const doubts =
  /\b(?:for\s+(?:no\s+key\s+)?(?:update|share)|into|nextval|setval|set_config|dblink\w*|lo_\w+|pg_\w+|analyze)\b/i;

export function effectOfSql(statement: string): Known {
  if (changes.test(statement)) return "writes";
  return looks.test(statement) && !doubts.test(statement) ? "reads" : "unknown";
}
