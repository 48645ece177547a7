/** What `--help` says below the options: a line fits 100 columns, examples first of all. */

export const overview = `
A tool is an exported function. Its types are the schema, its JSDoc is the description:

  /** Adds two numbers. */
  export function add(a: number, b: number) { return a + b; }

Examples:
  mcpgen init                        set up an existing project
  mcpgen build src --out server      make the project, or bring it up to date
  mcpgen upgrade                     build with a new mcpgen: what became of your files
  mcpgen list src                    see what a client will see
  mcpgen call add --a 1 --b 2        try a tool through the real server
  mcpgen dev                         serve each change to a client that stays connected
  mcpgen bench                       measure the tools
  mcpgen install cursor              let Cursor start the server; VS Code, Claude and others, too
  mcpgen check                       fail if the project is out of date
  mcpgen doctor                      find out why a client gets no answer
  mcpgen diff origin/main            what changed for clients, and what breaks them
  mcpgen explain MG201               what a message means
  mcpgen explain add                 where each line of a tool's schema comes from
  mcpgen graph --html graph.html     what the tools need, as a drawing

With a mcpgen.json ({ "source": "src", "out": "server" }), and after the first build, the
folders need not be named.
Exit codes: 0 fine, 1 the source has errors or the project is out of date, 2 wrong usage, 70 a bug in mcpgen.`;

export const initHelp = `
Without a terminal, and with --json, nothing is asked, as with --yes: the source is the first of
src, lib and app that holds TypeScript, what can be served is, and the output is \`server\`, or
\`mcp\` where that is taken. Providers (\`@provider\`) are found whatever is chosen.

An existing mcpgen.json keeps its comments and its other keys. All is written or nothing is.

Examples:
  mcpgen init                        ask for everything
  mcpgen init --yes                  ask for nothing
  mcpgen init --source src/services --files "orders.ts" --files "users.ts#getUser"
  mcpgen init --dry-run              see it first`;

export const buildHelp = `
What it writes:
  generated/          code, always rewritten; commit it, and change the functions instead
  the rest            package.json, tests, Dockerfile ...: yours, written where it is missing, and
                      merged where mcpgen changes; your lines stay, conflicts are shown
  .mcpgen/base.json   what it wrote of these last; commit it

Files that would not change are not touched. If a generated file was edited by hand, nothing
is written and the edit is shown. With errors nothing is written either. Warnings are shown
when something is built; of an unchanged project they are counted.

Examples:
  mcpgen build src --out server
  mcpgen build                       folders from mcpgen.json, or those of the last build
  mcpgen build --force               take the generated files back; edits go to .mcpgen/backup/
  mcpgen build --fail-on breaking    write nothing if it would break a client
  mcpgen build --keep-going          serve what can be served`;

export const upgradeHelp = `
The merge is that of \`build\`: with the base in .mcpgen/base.json, JSON by keys, the rest by lines.
Versions that mcpgen pins in package.json follow, unless you have changed them.

Exit code 1: there are conflicts (your lines stay, both sides are shown once), or errors.

Example:
  npm install -D mcpgen@latest && mcpgen upgrade`;

export const doctorHelp = `
Nothing is written. The server is started with the environment of this shell, and ended when it has answered.

Exit code 1: something is wrong; each line says what, and what to do.

Example:
  mcpgen doctor`;

export const checkHelp = `
Exit code 0: up to date. 1: a build would change files (they are listed), or the source has errors.

Example:
  mcpgen check && npm test`;

export const devHelp = `
With errors, the server of the last good build goes on, and requests that are on their way are
answered by the server that has begun them. What is wrong is printed to stderr. It ends with its
client, or when it is told to; dist/ is not touched.

Examples:
  mcpgen dev src                     a command for a client's configuration
  mcpgen dev --http 4000             http://127.0.0.1:4000/mcp, and a page to call its tools at /
  mcpgen dev                         folders from mcpgen.json, or those of the last build`;

export const listHelp = `
Tokens are estimated: a quarter of the characters of the tool's entry in tools/list, which
clients put before the model at every turn.

Examples:
  mcpgen list src
  mcpgen list --json                 the entries as clients receive them`;

export const diffHelp = `
removed, breaking: the next version is a major one. added, compatible: a minor one. cosmetic:
wording and order, a patch. Arguments are compatible if all that was accepted is accepted still;
results, if a client that checks them by the old schema takes all that is given now. A member
may be added to a result, a value of an enum may not. Another default breaks calls that leave
the argument out. What cannot be shown to be compatible, such as another pattern, is breaking.
\`--fail-on breaking\` refuses what is removed as well.

Exit codes: 0 fine, 1 there is what --fail-on refuses, or the source has errors, 2 there is
nothing to compare with.

Examples:
  mcpgen diff                        since the last commit
  mcpgen diff v1.2.0 --fail-on breaking
  mcpgen diff origin/main --markdown > surface.md`;

export const explainHelp = `
Each line of the schema stands with its value, with what gave it (the type as written, a
tag, a comment, a default, or what TypeScript inferred), and with the place of that.
\`--json\` prints the same as data.

Examples:
  mcpgen explain MG201
  mcpgen explain @cache
  mcpgen explain Database
  mcpgen explain createOrder
  mcpgen explain --src src --json createOrder`;

export const benchHelp = `
Providers, settings and the embedded database are those of the tests; Redis is not used, nothing
is logged unless LOG_LEVEL says so, and \`@rateLimit\` is off. MCP_DISABLED_POLICIES=retry shows
what a policy costs.

What is noise is measured: a tool is slower or faster only if the medians of all runs lie outside
of what the base's runs and calls differ by.

Exit codes: 0 fine, 1 a tool has become slower, 2 there is nothing to compare with or no such tool.

Examples:
  mcpgen bench                       each tool that changes nothing
  mcpgen bench placeOrder --samples 1000
  mcpgen bench --json base.json      and, after a change: mcpgen bench --compare base.json`;

export const installHelp = `
Clients: claude-desktop, claude-code, cursor, vscode, windsurf, zed, codex, gemini.

The entry starts dist/server.js with this Node.js, both by their absolute paths: npm run build comes
first. What the server requires of its environment and --env does not say, the client is told to ask
for or to hand over (VS Code, Claude Code, Cursor, Windsurf, Codex, Gemini CLI), or it is listed for
you to write into the entry. What you have added to an entry stays.

Exit codes: 0 fine, 1 the file cannot be changed, the server is not built, or the source cannot be
read, 2 wrong usage.

Examples:
  mcpgen install cursor
  mcpgen install claude-code --scope user --env API_KEY=k-123
  mcpgen install vscode --url http://127.0.0.1:3000/mcp
  mcpgen install codex --print       see it first
  mcpgen install cursor --remove`;

export const graphHelp = `
Examples:
  mcpgen graph                       a Mermaid flowchart, for a README
  mcpgen graph src --html graph.html
  mcpgen graph --json                the same as data`;

export const callHelp = `
Options of mcpgen stand before the tool's name, arguments of the tool after it: --name value,
--name=value, --flag for true, --tags a --tags b for a list, or one JSON object. Values are
read as the argument's type asks for. Exit code 1 if the tool reports an error.

Examples:
  mcpgen call add --a 1 --b 2
  mcpgen call createOrder '{ "items": [{ "sku": "A1", "count": 2 }] }'
  mcpgen call --json --out server getForecast --city Oslo`;
