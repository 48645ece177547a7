/**
 * Every code that mcpgen can report; docs/diagnostics has a page for each, with the reason and an example.
 * Codes are never reused or renumbered.
 * 1xx configuration and discovery, 2xx injection, 3xx signatures and types, 4xx policies,
 * 5xx names, surface and client profiles, 6xx output and regeneration, 9xx ours.
 */
export interface CatalogEntry {
  readonly severity: "error" | "warning";
  readonly title: string;
  /** The usual way out; a place that knows better replaces it. */
  readonly help?: string;
}

const error = (title: string, help: string): CatalogEntry => ({ severity: "error", title, help });
const warning = (title: string, help: string): CatalogEntry => ({ severity: "warning", title, help });

const entries = {
  MG101: error("source folder not found", "name the folder that holds the functions: mcpgen build SRC --out DIR"),
  MG102: error("nothing to serve", "export a function from a .ts file in this folder"),
  MG103: error("unknown configuration key", "remove it"),
  MG104: error("configuration value refused", "correct the value"),
  MG105: error("configuration is not JSON", "correct the JSON"),
  MG106: error("output and source overlap", "choose an output folder outside the source, for example --out server"),
  MG107: error("output is not a folder", "choose another --out, or remove the file"),
  MG108: error("output leads through a link", "replace the link by a folder, or name the folder that it points to"),
  MG109: error("syntax error", "correct the syntax"),
  MG110: error("type error in what is served", "correct the type: run tsc to see it in context"),
  MG111: error("tsconfig refused", "correct the tsconfig"),
  MG112: error("source file unreadable", "make it readable, or remove a link that leads nowhere"),
  MG113: error("configuration file not found", "correct the path after --config"),
  MG114: warning("output inside the user's own compilation", "exclude the output in the tsconfig"),
  MG115: warning("not served", "export a function"),
  MG116: warning("pattern that matches nothing", "correct the pattern, or remove it"),
  MG117: error("acceptance refused", "name a warning's code, such as MG504"),
  MG201: error(
    "no provider",
    "export a function returning this type and tag it `@provider`, or use a type that JSON can carry",
  ),
  MG202: error("more than one provider", "remove one of them, or give one a branded type of its own"),
  MG203: error("ambiguous parameter", "write `@inject p` or `@data p`"),
  MG204: error("dependency cycle", "take one of these parameters away"),
  MG205: error("two parameters with one key", "remove one of them"),
  MG206: error("type without identity", "declare an interface, a class or a branded type for it"),
  MG207: error("binding refused", "implement the missing members, or bind another type"),
  MG208: error("provider not exported", "export it"),
  MG209: error("request scope outlived", "tag the provider `@scope request`, or take what it needs out of the request"),
  MG210: error("dependency may be absent", "make the parameter optional, or never return undefined"),
  MG211: error("not exactly one `yield`", "yield the value once; what stands behind the `yield` is the cleanup"),
  MG220: warning("unused provider", "use it, or remove its `@provider`"),
  MG221: error("generic provider", "write a provider for each concrete type"),
  MG222: error("function cannot be a provider", "give it a name and one signature of ordinary parameters"),
  MG223: error("provider set too complex", "list functions, sets and `bind<…>()` directly"),
  MG224: error("unused provider set", "use one of its providers, or remove the set"),
  MG225: warning("constraint on an injected parameter", "remove the tag"),
  MG230: error(
    "member cannot be read from a variable",
    "take a string, a number, a boolean, a URL, a list of these, or an object of such members",
  ),
  MG231: error("no variable of its own", "name the variable with `@env NAME`"),
  MG232: warning(
    "variable of the system",
    "name another variable with `@env NAME`, or a prefix for all with `@config PREFIX_`",
  ),
  MG301: error(
    "type cannot be served",
    "change the member to a type that JSON can carry, or leave it out of the signature",
  ),
  MG302: error("generic function", "export a function with concrete types that calls it"),
  MG303: error("`this` parameter", "pass the object as an ordinary parameter"),
  MG304: error("overloaded function", "export one function with one signature"),
  MG305: error("default export without a name", "name the function, or its file"),
  MG306: error("result cannot be served", "return a value that JSON can carry"),
  MG307: error("destructured parameter cannot be named", "destructure one level of a single object parameter"),
  MG310: warning("`any` accepts everything", "give it a type"),
  MG311: error("default does not fit the type", "make the default fit the type"),
  MG312: warning("union that JSON cannot tell apart", "put the one that is meant first, or take two parameters"),
  MG313: warning("optional member or parameter left out", "move it out of what clients send, or remove it"),
  MG320: error("malformed constraint", "write the constraint as its tag expects it"),
  MG321: error("constraint on the wrong type", "move the tag to a member of the right type, or remove it"),
  MG322: error("contradictory constraints", "loosen one of them"),
  MG401: warning("unknown tag", "correct the tag's spelling"),
  MG402: error("tag not supported", "remove the tag"),
  MG403: error("contradictory tags", "remove one of the tags"),
  MG404: error("malformed tag", "write the tag as the message says"),
  MG405: error("unknown key of a tag", "remove it"),
  MG406: error("value of a tag refused", "correct the value"),
  MG407: error("tag says too little", "write what is missing"),
  MG408: error("unknown argument in a template", "name an argument of the tool"),
  MG409: error("argument that gives no key", "name a text, a number or a boolean, such as `{user.id}`"),
  MG411: error("cached, but not read-only", "add `@readonly` if calling it changes nothing, or remove `@cache`"),
  MG412: error("nothing to cache", "remove `@cache`, or return what is to be kept"),
  MG413: error("public cache of what depends on the caller", "remove `scope=public`, or do not ask who calls"),
  MG414: warning("invalidated, but never cached", "give the tag to the `@cache` that it is meant for"),
  MG420: error(
    "retried, but not idempotent",
    "add `@idempotent` (or `@readonly`) if a second call does no harm, or remove `@retry`",
  ),
  MG421: warning("attempts that do not fit", "allow fewer attempts"),
  MG422: error("sizes that contradict each other", "change one of them"),
  MG423: error("policy that guards nothing", "make the methods asynchronous, or move the tag to the tools"),
  MG424: error("size of a policy that is not there", "correct the name, or write the tag above the function"),
  MG430: warning("retries within retries", "keep one of the two `@retry`"),
  MG431: error("not for several items", "remove `@batch`"),
  MG440: warning("shared mutable state", "keep it in a store that is injected, such as `Cache` or `Database`"),
  MG442: warning("prints to nobody", 'take a parameter of type `Logger` from "mcpgen" and log with it'),
  MG443: error("not a pure function", "remove `@pure`, or take what it needs as a parameter"),
  MG444: error("not a read-only function", "remove `@readonly`, or move what changes something into a tool of its own"),
  MG450: error("injected into a worker", "take what it needs as data, or remove `@worker`"),
  MG451: error("value that does not arrive whole in a thread", "take or return a string, or a `Uint8Array`"),
  MG460: error("scopes that nobody checks", 'remove `"auth": false` from mcpgen.json, or the tag'),
  MG501: error("two tools with one name", "rename one of the functions, or give it another name with `@name`"),
  MG502: error("tool name refused", "give it a name with `@name`"),
  MG503: error("argument name refused", "rename the parameter or property"),
  MG504: warning("no description", "write a JSDoc comment above the function"),
  MG505: warning("long description", "move the key facts to the front and shorten the rest"),
  MG506: warning("many tools", "serve fewer tools, or split the server"),
  MG507: error("over the token budget", "serve fewer tools, shorten what they say, or raise `tokenBudget`"),
  MG510: error("URI of a resource refused", "write a URI with its scheme, such as `notes://{id}`"),
  MG511: error("variables and parameters that differ", "give the variable and its parameter one name"),
  MG512: error("argument that is no text", "take a string, a number, a boolean or one of several literals"),
  MG513: error(
    "completes nothing",
    "name an argument of a prompt or a variable of a resource: `@completes review.language`",
  ),
  MG514: error("two resources with one URI", "give one of them another URI"),
  MG601: error(
    "generated file was edited",
    "move the edit into the function, or run again with --force (a backup is kept)",
  ),
  MG602: error("file in the way", "move the file, or run again with --force (a backup is kept)"),
  MG603: error(
    "orphan was edited",
    "move the edit elsewhere and delete the file, or run again with --force (a backup is kept)",
  ),
  MG604: error("output is out of date", "run mcpgen build"),
  MG605: error("package.json unreadable", "correct the JSON"),
  MG606: error("output cannot be written", "make the folder writable"),
  MG607: error("manifest unreadable", "restore generated/manifest.json, or delete it and run again with --force"),
  MG608: error("another build is writing here", "wait for the other mcpgen to finish"),
  MG609: error("project is not installed", "run npm install in the output folder"),
  MG610: error("folder is not empty", "choose another name, or empty the folder"),
  MG611: error("project cannot be bundled", "mend what the build script reports"),
  MG612: error("server did not start", "run npm start in the output folder to see it in full"),
  MG901: error("bug in mcpgen", "report it with the text above"),
} satisfies Record<string, CatalogEntry>;

export type DiagnosticCode = keyof typeof entries;

export const catalog: Readonly<Record<DiagnosticCode, CatalogEntry>> = entries;
