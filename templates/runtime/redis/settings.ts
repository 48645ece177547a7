// The environment → where Redis is. What is wrong with it is said without its value: there may be a password in it.
import { parseSecretUrl } from "../lifecycle/url.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** Undefined without `REDIS_URL`. Throws what whoever runs the server has to mend. */
export function readRedisUrl({ REDIS_URL: text = "" }: Environment): string | undefined {
  if (text === "") return undefined;
  // A socket's path, or a host and its port: without credentials, nothing in it can be mistaken.
  if (!text.includes("://") && !text.includes("@")) return text;
  const url = parseSecretUrl(text);
  if (url === undefined || !/^rediss?:$/.test(url.protocol))
    throw new Error(
      "REDIS_URL is not like redis://user:password@host:6379/0. In a password, / is written %2F, @ %40, # %23 and % %25.",
    );
  if (!/^\/?\d*$/.test(url.pathname)) throw new Error("REDIS_URL names a database that is no number: it is like /0.");
  return text;
}

/** Of what Redis answers, what no further attempt mends: in its own words, in which no secret is. */
export function describeRefusal(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : "";
  if (/^(?:NOAUTH|WRONGPASS|NOPERM) /.test(message)) return `REDIS_URL: the user or the password is wrong (${message})`;
  if (/^ERR (?:DB index|invalid DB index)/.test(message)) return `REDIS_URL: there is no such database (${message})`;
  if (/^ERR (?:invalid password|AUTH |Client sent AUTH)/i.test(message))
    return `REDIS_URL: the password is refused (${message})`;
  return undefined;
}
