/** What the language's and Node.js's functions do: all that is not listed may do anything. Of mcpgen's own types, `language/injected` says it. */
import type { EffectKind } from "../../model/effects.js";

/** `pure`: nothing. `mutates`: changes what it is called on. */
export type Known = EffectKind | "pure" | "mutates";

const words = (text: string): readonly string[] => text.split(" ");

const list = (known: Known, names: string): (readonly [string, Known])[] => words(names).map((name) => [name, known]);

/** Functions and classes that are called by their bare name; classes with `new`. */
export const globals: ReadonlyMap<string, Known> = new Map<string, Known>([
  ...list("pure", "parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI"),
  ...list("pure", "Number String Boolean BigInt Array Object Symbol structuredClone atob btoa"),
  ...list("pure", "Map Set WeakMap WeakSet RegExp URL URLSearchParams TextEncoder TextDecoder AbortController"),
  ...list("pure", "Error TypeError RangeError SyntaxError AggregateError DOMException"),
  ...list("pure", "Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float32Array Float64Array"),
  ...list("pure", "ArrayBuffer DataView BigInt64Array BigUint64Array Uint8ClampedArray Buffer Promise"),
  ...list("clock", "setTimeout setInterval setImmediate queueMicrotask"),
  ...list("pure", "clearTimeout clearInterval clearImmediate"),
  ["fetch", "network"],
]);

/** Members of global objects, `object.member`; `object.*` is all that are not listed. */
export const members: ReadonlyMap<string, Known> = new Map<string, Known>([
  ["Math.random", "random"],
  ["Math.*", "pure"],
  ["JSON.*", "pure"],
  ["Number.*", "pure"],
  ["String.*", "pure"],
  ["BigInt.*", "pure"],
  ["Array.*", "pure"],
  ["Symbol.*", "pure"],
  ["Intl.*", "pure"],
  ["Promise.*", "pure"],
  ["URL.*", "pure"],
  ["Buffer.*", "pure"],
  ["Uint8Array.*", "pure"],
  ...list("pure", "Object.keys Object.values Object.entries Object.fromEntries Object.hasOwn Object.is Object.freeze"),
  ...list("pure", "Object.create Object.groupBy Map.groupBy Object.getPrototypeOf Object.getOwnPropertyNames"),
  ["Object.assign", "mutates"],
  ["Date.now", "clock"],
  ["Date.UTC", "pure"],
  ["Date.parse", "pure"],
  ["performance.*", "clock"],
  ["crypto.randomUUID", "random"],
  ["crypto.getRandomValues", "random"],
  ["AbortSignal.timeout", "clock"],
  ["AbortSignal.any", "pure"],
  ["AbortSignal.abort", "pure"],
  // On stderr nothing is in the way, and nobody takes it for a result.
  ...list("pure", "console.error console.warn console.trace console.assert"),
  ["console.*", "console"],
  ["process.cwd", "reads"],
  ["process.hrtime", "clock"],
  ["process.uptime", "clock"],
  ["process.memoryUsage", "reads"],
]);

const mutating: Readonly<Record<string, ReadonlySet<string>>> = {
  Array: new Set(words("push pop shift unshift splice sort reverse fill copyWithin")),
  Map: new Set(words("set delete clear")),
  Set: new Set(words("add delete clear")),
  WeakMap: new Set(words("set delete")),
  WeakSet: new Set(words("add delete")),
  URLSearchParams: new Set(words("append delete set sort")),
};

/** Interfaces of the language whose other methods change nothing. */
const harmless: ReadonlySet<string> = new Set([
  ...words(
    "Array ReadonlyArray ConcatArray Map ReadonlyMap Set ReadonlySet WeakMap WeakSet String Number BigInt Boolean",
  ),
  ...words("Object Function CallableFunction NewableFunction Promise PromiseLike URL URLSearchParams RegExp Error"),
  ...words("Symbol Iterator IteratorObject ArrayIterator MapIterator SetIterator StringIterator RegExpStringIterator"),
  ...words("NumberFormat DateTimeFormat Collator PluralRules RelativeTimeFormat ListFormat Segmenter"),
  ...words("TextEncoder TextDecoder AbortSignal"),
]);

/** A method of the language's own types, by the interface that declares it. */
export function ofInterface(name: string, method: string): Known {
  if (mutating[name]?.has(method)) return "mutates";
  // `toLocaleString` and its like ask the machine for its language and its time zone.
  if (/^toLocale|^localeCompare$/.test(method)) return "reads";
  if (name === "Date") return /^set/.test(method) ? "mutates" : dateMethod(method);
  if (/Array$/.test(name) && name !== "Array" && name !== "ReadonlyArray")
    return /^(?:set|fill|sort|reverse|copyWithin)$/.test(method) ? "mutates" : "pure";
  if (name === "RegExp") return method === "test" || method === "exec" ? "mutates" : "pure";
  return harmless.has(name) ? "pure" : "unknown";
}

/** What depends on the machine's time zone is no function of the date alone. */
function dateMethod(method: string): Known {
  return /^(?:getTime|valueOf|toISOString|toJSON|toUTCString|getUTC\w+)$/.test(method) ? "pure" : "reads";
}

/** A function of one of Node.js's modules, without `node:`. */
export function ofModule(module: string, name: string): Known {
  if (/^(?:path|url|querystring|string_decoder|util|punycode|assert)(?:\/|$)/.test(module)) return "pure";
  if (/^fs(?:\/promises)?$/.test(module)) return fileFunction(name);
  if (module === "crypto") return /^random|^generate|^getRandom/.test(name) ? "random" : cryptoFunction(name);
  if (/^timers(?:\/promises)?$/.test(module)) return "clock";
  if (module === "perf_hooks") return "clock";
  if (module === "os") return "reads";
  if (/^(?:http|https|http2|net|tls|dgram|dns)(?:\/promises)?$/.test(module)) return "network";
  return "unknown";
}

function fileFunction(name: string): Known {
  if (/^(?:read|stat|lstat|access|exists|realpath|opendir|glob|readlink)/.test(name)) return "reads";
  const writes =
    /^(?:write|append|unlink|rm|mkdir|rename|copyFile|cp|truncate|chmod|chown|lchown|utimes|symlink|link|mkdtemp)/;
  return writes.test(name) ? "writes" : "unknown";
}

function cryptoFunction(name: string): Known {
  return /^(?:createHash|createHmac|hash|timingSafeEqual|scryptSync|pbkdf2Sync|hkdfSync)$/.test(name)
    ? "pure"
    : "unknown";
}

export function ofMember(object: string, member: string): Known {
  return members.get(`${object}.${member}`) ?? members.get(`${object}.*`) ?? "unknown";
}
