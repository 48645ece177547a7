// A function that takes a caller is not called without one.
import type { Caller } from "../contracts/index.js";

export function requireCaller(caller: Caller | undefined): Caller {
  if (caller !== undefined) return caller;
  throw Object.assign(new Error("This call needs an authenticated caller."), { status: 401, expose: true });
}
