// Which addresses of the network are nobody's but ours: loopback, private and link-local networks, the metadata
// service of clouds, and whatever carries such an address within it.
import { BlockList, isIP } from "node:net";

const private4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

/** Of version 6 only 2000::/3 is routed in public, but for these parts of it. */
const private6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const closed = new BlockList();
for (const [network, prefix] of private4) closed.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of private6) closed.addSubnet(network, prefix, "ipv6");

const routed = new BlockList();
routed.addSubnet("2000::", 3, "ipv6");

/** Of version 4 within version 6: mapped, and as translated by NAT64. */
const embedding = /^(?:::ffff:|64:ff9b::)(?=.)/i;

/** What is no address counts as private. */
export function isPrivate(given: string): boolean {
  const address = given.replace(/%.*$/, "");
  if (isIP(address) === 4) return closed.check(address, "ipv4");
  if (isIP(address) === 0) return true;
  const normal = normalize(address);
  if (embedding.test(normal)) return closed.check(embeddedAddress(normal), "ipv4");
  return !routed.check(address, "ipv6") || closed.check(address, "ipv6");
}

/** The one spelling that URLs have of it, without brackets. */
function normalize(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

/** `::ffff:a00:1` → `10.0.0.1`. */
function embeddedAddress(normal: string): string {
  const [low = "0", high = "0"] = normal.replace(embedding, "").split(":").reverse();
  const [upper, lower] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [upper >> 8, upper & 255, lower >> 8, lower & 255].join(".");
}

/** Names and networks that may be reached although they are private. */
export interface Allowed {
  has(host: { readonly name: string; readonly address: string }): boolean;
}

/** `MCP_HTTP_ALLOW_PRIVATE`: host names, addresses, networks such as `10.0.0.0/8`, or `*`, separated by commas. */
export function readAllowed(list: string | undefined): Allowed {
  const items = (list ?? "").split(",").map((item) => item.trim().toLowerCase());
  const networks = new BlockList();
  const names = new Set<string>();
  for (const item of items.filter((text) => text !== "")) {
    const [address = "", prefix] = item.split("/");
    const version = isIP(address);
    const family = version === 6 ? "ipv6" : "ipv4";
    if (version === 0) names.add(item);
    else if (prefix === undefined) networks.addAddress(address, family);
    else if (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 6 ? 128 : 32))
      networks.addSubnet(address, Number(prefix), family);
    else throw new Error(`MCP_HTTP_ALLOW_PRIVATE: ${item} is no network.`);
  }
  return {
    has: ({ name, address }) =>
      names.has("*") || names.has(name) || networks.check(address, isIP(address) === 6 ? "ipv6" : "ipv4"),
  };
}
