/**
 * Every code that mcpgen can report. Codes are never reused or renumbered.
 * 1xx configuration and discovery, 2xx injection, 3xx signatures and types, 4xx policies,
 * 5xx names, surface and client profiles, 6xx output and regeneration, 9xx ours.
 */
export interface CatalogEntry {
  readonly severity: "error" | "warning";
  readonly title: string;
  /** The usual way out; a place that knows better replaces it. */
  readonly help?: string;
  /** Long form for `mcpgen explain CODE`: why it matters, and an example. */
  readonly explanation: string;
}

const error = (title: string, help: string, explanation: string): CatalogEntry => ({
  severity: "error",
  title,
  help,
  explanation,
});
const warning = (title: string, help: string, explanation: string): CatalogEntry => ({
  severity: "warning",
  title,
  help,
  explanation,
});

// A table: one code a line, so that codes are found and compared as rows.
// prettier-ignore
const entries = {
  MG101: error("source folder not found", "name the folder that holds the functions: mcpgen build SRC --out DIR", "The source is the folder of exported TypeScript functions, on the command line or as `source` in mcpgen.json. Paths in mcpgen.json are relative to that file."),
  MG102: error("nothing to serve", "export a function from a .ts file in this folder", "A tool is an exported function of a .ts or .mts file that is not a test, not a .d.ts and not tagged `@internal` or `@ignore`. With `\"expose\": \"tagged\"` only functions tagged `@tool` count."),
  MG103: error("unknown configuration key", "remove it", "mcpgen.json accepts only the keys of its schema, so that a misspelt key cannot be ignored silently. Point `$schema` at the shipped schema and the editor completes them."),
  MG104: error("configuration value refused", "correct the value", "Each key of mcpgen.json has a type and a range; the message says what was expected and what was found."),
  MG105: error("configuration is not JSON", "correct the JSON", "mcpgen.json is JSON with comments and trailing commas allowed. It never contains code: the generator runs nothing of the user's."),
  MG106: error("output and source overlap", "choose an output folder outside the source, for example --out server", "Output inside the source would be read as source on the next build; source inside the generated part of the output would be overwritten."),
  MG107: error("output is not a folder", "choose another --out, or remove the file", "The generated project is a folder; a file of that name is in the way and is never replaced."),
  MG108: error("output leads through a link", "replace the link by a folder, or name the folder that it points to", "Nothing is written through a symbolic link below the output folder: a link could lead anywhere."),
  MG109: error("syntax error", "correct the syntax", "TypeScript could not parse the file, so its functions cannot be read reliably. The text is TypeScript's own."),
  MG110: error("type error in what is served", "correct the type: run tsc to see it in context", "A type in the signature of a served function does not resolve, so its schema would be a guess. Errors inside function bodies are left to the build's own tsc."),
  MG111: error("tsconfig refused", "correct the tsconfig", "The compiler options that the source is read with come from the nearest tsconfig.json, or from `tsconfig` in mcpgen.json."),
  MG112: error("source file unreadable", "make it readable, or remove a link that leads nowhere", "A file or a folder stands in the source folder, or a link to one, and cannot be read: what it exports cannot be known."),
  MG113: error("configuration file not found", "correct the path after --config", "`--config` names the mcpgen.json to use. Without it, the nearest mcpgen.json at or above the source folder (or the current folder) is used, if there is one."),
  MG114: warning("output inside the user's own compilation", "exclude the output in the tsconfig", "Your own `tsc` would check the generated project by your options and change the layout of what it emits. One entry of `exclude` keeps the two apart; the generated project is checked by its own `npm run build`."),
  MG115: warning("not served", "export a function", "Exported functions of .ts files are tools. What else could be called is named once for each kind, so that nothing is missed in silence; `@internal` above it says that this is meant, and `exclude` in mcpgen.json leaves out files."),
  MG201: error("no provider", "export a function returning this type and tag it `@provider`, or use a type that JSON can carry", "A parameter whose type JSON cannot carry is injected. Its declared type is the key, and exactly one provider or built-in contract must give it: `Context`, `Database` and their kin from `mcpgen` are built in, as are the clients of some libraries."),
  MG202: error("more than one provider", "remove one of them, or give one a branded type of its own", "Each dependency type has exactly one provider: which of two was meant cannot be known. Types with a brand, such as `type Replica = Pool & { readonly __brand: \"Replica\" }`, are types of their own."),
  MG203: error("ambiguous parameter", "write `@inject p` or `@data p`", "The parameter's type is plain JSON and a provider returns that very type, so it could come from the client or from the provider. mcpgen does not guess: say which."),
  MG204: error("dependency cycle", "take one of these parameters away", "A provider is called with what it needs, so nothing can be needed for its own making. The ring is shown from its first provider by name."),
  MG205: error("two parameters with one key", "remove one of them", "Dependencies are told apart by type. Two parameters of one function with the same dependency type would get the same value."),
  MG206: error("type without identity", "declare an interface, a class or a branded type for it", "A dependency is known by the declaration of its type. Primitives, arrays, tuples, functions, unions and plain aliases of these have none: TypeScript itself does not tell `type DbUrl = string` from `string`. A brand, `string & { readonly __brand: \"DbUrl\" }`, makes a type of its own."),
  MG207: error("binding refused", "implement the missing members, or bind another type", "`bind<Interface, Concrete>()` gives what provides `Concrete` wherever `Interface` is needed, so the one has to be assignable to the other, as TypeScript sees it. A type is never bound by its shape alone: only a binding, or a provider that returns the interface itself, says so."),
  MG208: error("provider not exported", "export it", "Generated code imports each provider from its module, as it imports tools. What is not exported cannot be called from there."),
  MG209: error("request scope outlived", "tag the provider `@scope request`, or take what it needs out of the request", "A singleton is made once at start and lives as long as the server; what is made for one call is gone with that call. A singleton that held on to it would serve one caller's data to all."),
  MG210: error("dependency may be absent", "make the parameter optional, or never return undefined", "The provider's return type includes `undefined` or `null`, and the parameter takes neither. The failure would come at start or in the middle of a call."),
  MG211: error("not exactly one `yield`", "yield the value once; what stands behind the `yield` is the cleanup", "A provider that is an `async function*` gives its value by its one `yield`, and is resumed for its cleanup when the server stops. A second value would have no receiver."),
  MG220: warning("unused provider", "use it, or remove its `@provider`", "No tool needs what this provider makes, neither itself nor through other providers, so it is not part of the generated container."),
  MG221: error("generic provider", "write a provider for each concrete type", "Generated code calls each provider once, with concrete types. `Repo<User>` and `Repo<Order>` are two dependencies with a provider each."),
  MG222: error("function cannot be a provider", "give it a name and one signature of ordinary parameters", "Generated code calls a provider by name with one value for each parameter. Overloads, rest parameters, `this` parameters and unnamed default exports leave open what to call and with what."),
  MG223: error("provider set too complex", "list functions, sets and `bind<…>()` directly", "`providers(…)` is read and never run, so each of its members has to be the name of an exported function, the name of another set, or a call of `bind` or `providers`. Spreads, conditions and values computed in other ways say nothing until they run."),
  MG224: error("unused provider set", "use one of its providers, or remove the set", "A set lists what is meant to be used. No tool needs anything that this one provides, so either a parameter has the wrong type or the set is left over."),
  MG225: warning("constraint on an injected parameter", "remove the tag", "Constraint tags such as `@minLength` reach the schema of an argument and its validator. What is injected is no argument: no client can send it, so there is nothing to check."),
  MG230: error("member cannot be read from a variable", "take a string, a number, a boolean, a URL, a list of these, or an object of such members", "The members of a `@config` interface are read from the environment, where each variable is one text. Functions, maps, tuples and lists of objects have no such form: make an object of named members out of them, or let a provider make what the text stands for."),
  MG231: error("no variable of its own", "name the variable with `@env NAME`", "Each member of a `@config` interface is read from one variable: its name in capitals, `apiBaseUrl` from `API_BASE_URL`, with the names of the objects that it lies in before it. Two members with one variable, or a name that no variable can have, need an `@env`."),
  MG232: warning("variable of the system", "name another variable with `@env NAME`, or a prefix for all with `@config PREFIX_`", "Variables such as `PATH` and `HOME` are set on every machine and mean something else there. A member of that name would never be missing, and never right. An `@env` of that very name says that it is meant."),
  MG301: error("type cannot be served", "change the member to a type that JSON can carry, or leave it out of the signature", "Functions, symbols, class instances and unresolved generics have no JSON form. The message names the path to the member at fault."),
  MG302: error("generic function", "export a function with concrete types that calls it", "A type parameter has no schema until it is instantiated, and nobody instantiates it in a tool call."),
  MG303: error("`this` parameter", "pass the object as an ordinary parameter", "A tool is called as a plain function; there is no object to be its `this`."),
  MG304: error("overloaded function", "export one function with one signature", "A tool has one input schema. Overloads would need a union at its root, which clients refuse."),
  MG305: error("default export without a name", "name the function", "A tool's name is its function's name, and an anonymous default export has none."),
  MG306: error("result cannot be served", "return a value that JSON can carry", "The result is a function, a symbol, a class instance, a stream or another value without JSON form."),
  MG307: error("destructured parameter cannot be named", "destructure one level of a single object parameter", "Arguments take their names from the pattern. A nested or computed pattern, or an array pattern, gives no name for the argument."),
  MG310: warning("`any` accepts everything", "give it a type", "An `any` or `unknown` becomes the schema `{}`: the model is told nothing and nothing is checked."),
  MG311: error("default does not fit the type", "make the default fit the type", "A literal default appears in the schema, so it has to be a value that the schema accepts."),
  MG312: warning("union that JSON cannot tell apart", "put the one that is meant first, or take two parameters", "On the wire a `Date` is text like any `string`, a `bigint` a number like any other, a `Set` a list. Of a union's members the first that fits is taken, in the order in which they are written."),
  MG313: warning("optional member or parameter left out", "move it out of what clients send, or remove it", "JSON cannot carry functions, signals and instances of classes. An optional member of such a type is no argument and no part of a result; the other members are. An optional parameter that nothing provides is no argument either: the function is called with `undefined` in its place. A required one is an error."),
  MG320: error("malformed constraint", "write the constraint as its tag expects it", "Constraint tags such as `@minimum 1` or `@pattern ^[a-z]+$` reach the schema and the validator; a value that does not parse would constrain nothing."),
  MG321: error("constraint on the wrong type", "move the tag to a member of the right type, or remove it", "`@minimum` and its kin belong on numbers, `@minLength`, `@pattern` and `@format` on strings, `@minItems` and its kin on arrays."),
  MG322: error("contradictory constraints", "loosen one of them", "No value satisfies both constraints, so the tool could never be called."),
  MG401: warning("unknown tag", "correct the tag's spelling", "The tag is one or two letters away from a tag that mcpgen knows. Tags that resemble none of them are taken for documentation."),
  MG402: error("tag not supported", "remove the tag", "The tag names a behaviour that this version of mcpgen does not generate. Serving the function without it would not do what the source says."),
  MG403: error("contradictory tags", "remove one of the tags", "Annotations such as `@readonly` and `@destructive` exclude each other."),
  MG404: error("malformed tag", "write the tag as the message says", "A tag has the form `@tag value key=value`; an unknown key or value is refused so that a slip is not ignored silently."),
  MG405: error("unknown key of a tag", "remove it", "A tag has the form `@tag value key=value`. Each tag has keys of its own, and values without a key only where the tag says what they are; `mcpgen explain @TAG` lists them."),
  MG406: error("value of a tag refused", "correct the value", "Spans of time are a number and a unit (500ms, 30s, 5m, 2h, 1d), shares are percentages (50%), rates a number and a span of time (100/min); other keys take one of a few words. Values with blanks stand in quotes."),
  MG407: error("tag says too little", "write what is missing", "Some tags have a value without which they mean nothing: how long a cache keeps results, how often a failed call is tried. There is no default for what only the author of the function can know."),
  MG408: error("unknown argument in a template", "name an argument of the tool", "A template such as `user:{userId}` is filled with the arguments of each call, by the names that clients use; `{user.id}` names a member of one. A name that is no argument would give every call the same key."),
  MG409: error("argument that gives no key", "name a text, a number or a boolean, such as `{user.id}`", "Keys and cache tags are short texts. Of an object, a list or bytes, name the member that identifies it."),
  MG411: error("cached, but not read-only", "add `@readonly` if calling it changes nothing, or remove `@cache`", "A call that is answered from the cache does not happen. For a function that changes something that would be a change that is reported and not made."),
  MG412: error("nothing to cache", "remove `@cache`, or return what is to be kept", "A cache keeps results. A function that returns nothing is called for what it does, which a cached answer would leave out."),
  MG413: error("public cache of what depends on the caller", "remove `scope=public`, or do not ask who calls", "With `scope=public` all callers share one result. The function, or a provider that it needs, takes `Caller`, `Context` or `RequestInfo` and can see who calls, so one caller's data could be handed to another. In the scope `private` each caller has a key of its own."),
  MG414: warning("invalidated, but never cached", "give the tag to the `@cache` that it is meant for", "`@invalidates` drops all results that were kept under a tag. No `@cache` of this server has this tag: tags are the same when their texts are the same and have braces in the same places."),
  MG420: error("retried, but not idempotent", "add `@idempotent` (or `@readonly`) if a second call does no harm, or remove `@retry`", "After a timeout or a broken connection nobody knows whether the call happened. A retry is safe only where a second call does what one call does."),
  MG421: warning("attempts that do not fit", "allow fewer attempts", "Each attempt may take as long as its timeout, and each wait between attempts grows. Where these add up to more than `total`, the last attempts never begin. More than ten attempts only add load to what is down."),
  MG422: error("sizes that contradict each other", "change one of them", "A part cannot be longer than the whole: one attempt (`@timeout 2s`) than all of them (`total=`), the first wait of a retry (`base`) than the longest (`cap`), what this process keeps (`l1`) than what is kept at all."),
  MG423: error("policy that guards nothing", "make the methods asynchronous, or move the tag to the tools", "Policies of a provider are wrapped around those methods of what it makes that answer with a promise. An answer that is there at once cannot be waited for, tried again or refused while others wait."),
  MG424: error("size of a policy that is not there", "correct the name, or write the tag above the function", "`policies` in mcpgen.json gives the policies in a tool's tags other sizes: `{ \"getUser\": { \"cache\": { \"ttl\": \"1m\" } } }`. Tools go by their served names. Whether a tool has a policy at all is for the function's comment to say."),
  MG430: warning("retries within retries", "keep one of the two `@retry`", "Attempts multiply: where a tool makes three attempts, and what it asks makes three of its own for each, a service that is down gets nine calls for one. Retry where it is known what failed, mostly at the provider."),
  MG431: error("not for several items", "remove `@batch`", "`@batch` serves a function for one item as a tool for several: its arguments become the items of a list, and each result is data that stands in a list of results. A function that takes a list already is served as it is."),
  MG440: warning("shared mutable state", "keep it in a store that is injected, such as `Cache` or `Database`", "A variable of a module is shared by all calls and all callers of one process, is lost with it, and is not seen by a second process. What has to outlive a call belongs into a store."),
  MG442: warning("prints to nobody", "take a parameter of type `Logger` from \"mcpgen\" and log with it", "Over stdio, stdout carries the protocol, so generated servers send what `console.log` prints to stderr: it reaches no client, and carries no request id. A `Logger` writes structured lines with both."),
  MG443: error("not a pure function", "remove `@pure`, or take what it needs as a parameter", "`@pure` says that the same arguments give the same result and that nothing else happens. mcpgen follows the calls in the body as far as it can; what cannot be followed may do anything."),
  MG444: error("not a read-only function", "remove `@readonly`, or move what changes something into a tool of its own", "Clients run read-only tools without asking. The body provably changes something that outlives the call, so the annotation would be untrue."),
  MG450: error("injected into a worker", "take what it needs as data, or remove `@worker`", "A function tagged `@worker` runs in a thread of its own, where only copies of data arrive: no connection, no logger, nothing of the caller. An `AbortSignal` is not needed: when the call is cancelled, the thread is ended."),
  MG451: error("value that does not arrive whole in a thread", "take or return a string, or a `Uint8Array`", "Arguments and results of a `@worker` function are copied from one thread to another. Dates, maps, sets, bigints and bytes arrive as they were; of a `URL` nothing arrives, and of a `Buffer` a plain `Uint8Array`."),
  MG501: error("two tools with one name", "rename one of the functions, or give it another name with `@name`", "Clients address a tool by its name alone."),
  MG502: error("tool name refused", "give it a name with `@name`", "Names match ^[A-Za-z_][A-Za-z0-9_-]{0,49}$: what every known client accepts. One name outside of it makes some clients drop the whole server. With `clients` in mcpgen.json only the named clients' limits count: 64 characters for claude, openai and gemini, any start but for gemini."),
  MG503: error("argument name refused", "rename the parameter or property", "Argument names match ^[a-zA-Z0-9_.-]{1,64}$: the APIs behind the clients refuse every request that lists another."),
  MG504: warning("no description", "write a JSDoc comment above the function", "The description is what a model reads to decide when and how to call the tool. A synthesised one says no more than the name."),
  MG505: warning("long description", "move the key facts to the front and shorten the rest", "OpenAI's API refuses descriptions over 1,024 characters, and Claude cuts them at 2,048, silently. `clients` in mcpgen.json says whose limits count."),
  MG506: warning("many tools", "serve fewer tools, or split the server", "Cursor shows 40 tools, OpenAI and VS Code 128; every tool costs its schema in tokens on each turn. `clients` in mcpgen.json says whose limits count."),
  MG507: error("over the token budget", "serve fewer tools, shorten what they say, or raise `tokenBudget`", "Clients put all tools before the model at every turn. `tokenBudget` in mcpgen.json is what that may cost; mcpgen list shows what each tool costs, estimated at four characters a token."),
  MG601: error("generated file was edited", "move the edit into the function, or run again with --force (a backup is kept)", "Generated files are rewritten from the source on every build. This one no longer is what mcpgen wrote, and overwriting it would lose the edit."),
  MG602: error("file in the way", "move the file, or run again with --force (a backup is kept)", "A file that mcpgen did not write stands where a generated file belongs."),
  MG603: error("orphan was edited", "move the edit elsewhere and delete the file, or run again with --force (a backup is kept)", "The tool of this generated file is gone, but the file was edited since mcpgen wrote it."),
  MG604: error("output is out of date", "run mcpgen build", "`mcpgen check` compares the project on disk with what the source would give."),
  MG605: error("package.json unreadable", "correct the JSON", "package.json is yours and is only added to; mcpgen has to parse it to see what is missing."),
  MG606: error("output cannot be written", "make the folder writable", "Nothing was changed: files are staged first and moved into place only when all of them could be written."),
  MG607: error("manifest unreadable", "restore generated/manifest.json, or delete it and run again with --force", "The manifest tells generated files from edited ones. Without it nothing can be overwritten safely."),
  MG608: error("another build is writing here", "wait for the other mcpgen to finish", "Two builds into one folder at once would mix their files."),
  MG609: error("project is not installed", "run npm install in the output folder", "The command runs the generated server, which needs its dependencies."),
  MG610: error("folder is not empty", "choose another name, or empty the folder", "create-mcp-server starts a new project and never writes into an existing one."),
  MG611: error("project cannot be bundled", "mend what the build script reports", "`mcpgen call` runs the project's own `node build.mjs` to get the server that would be deployed, and that script failed. Its own words are in the note; most often a package of yours is not installed."),
  MG612: error("server did not start", "run npm start in the output folder to see it in full", "`mcpgen call` starts `node dist/server.js` as a client would. The process ended, or did not answer, before it was ready: its own words stand above."),
  MG901: error("bug in mcpgen", "report it with the text above", "mcpgen failed at something that is not the user's doing."),
} satisfies Record<string, CatalogEntry>;

export type DiagnosticCode = keyof typeof entries;

export const catalog: Readonly<Record<DiagnosticCode, CatalogEntry>> = entries;
