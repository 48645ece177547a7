// What the transport has verified of a request → who is calling: the subject of the token, or else the client that
// it was given to.
import type { AuthInfo } from "@modelcontextprotocol/sdk/server/auth/types.js";
import type { Caller } from "../contracts/index.js";

export function toCaller({ clientId, scopes, extra = {} }: AuthInfo): Caller {
  const subject = extra["sub"];
  return { id: typeof subject === "string" && subject !== "" ? subject : clientId, scopes, claims: extra };
}
