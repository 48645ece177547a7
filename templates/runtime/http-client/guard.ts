// Keeps requests out of private networks. The address that is connected to decides, not the name that was asked for:
// a name may mean another address a moment later (DNS rebinding).
import { lookup, type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { log } from "../logging/logger.js";
import { isPrivate, type Allowed } from "./addresses.js";
import { urlError } from "./errors.js";

interface Host {
  /** As the URL has it. */
  readonly name: string;
  readonly address: string;
}

export function isRefusedAddress(host: Host, allowed: Allowed): boolean {
  return isPrivate(host.address) && !allowed.has(host);
}

/** The caller learns that there is a private network, the log how it could be reached. */
export function refusal(name: string): Error {
  log.warn("request into a private network refused; MCP_HTTP_ALLOW_PRIVATE lists what may be reached", { host: name });
  return urlError(`\`${name}\` is in a private network: no requests are sent there.`);
}

/** Of the addresses of a name, those that may be connected to; fails where none is left. */
export function lookUpAllowed(allowed: Allowed): LookupFunction {
  return (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, "");
        return;
      }
      const open = addresses.filter(({ address }) => !isRefusedAddress({ name, address }, allowed));
      const [first] = open;
      if (first === undefined) callback(refusal(name), "");
      else answer(open, first);
    });

    const answer = (open: LookupAddress[], first: LookupAddress): void => {
      if (options.all === true) callback(null, open);
      else callback(null, first.address, first.family);
    };
  };
}
