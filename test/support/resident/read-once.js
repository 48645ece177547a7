// The two TypeScripts of a resident process, in the place of those that its programs would load: what libraries declare is
// read once for all of its commands. Of a project, and of the packages within it, nothing is kept.
import { createRequire } from "node:module";
import { join } from "node:path";

const packages = join(import.meta.dirname, "../../../node_modules/");
const require = createRequire(import.meta.url);
const beside = createRequire(require.resolve("ts-morph"));

/** @type {Map<string, import("typescript").SourceFile>} */
const read = new Map();

/**
 * As `createSourceFile`. No option of a compiler changes what is bound in a declaration file; a target and the format of the
 * module are told to the parser.
 * @param {string} form
 * @param {typeof import("typescript").createSourceFile} parse
 * @returns {typeof parse}
 */
function parseOnce(form, parse) {
  return (name, text, version, ...rest) => {
    if (!/\.d\.[cm]?ts$/.test(name) || !(name.startsWith(packages) || name.startsWith("/.mcpgen/lib/")))
      return parse(name, text, version, ...rest);
    const key = `${form} ${JSON.stringify(version)} ${name}`;
    const known = read.get(key);
    if (known?.text === text) return known;
    const file = parse(name, text, version, ...rest);
    read.set(key, file);
    return file;
  };
}

/** Of `tsc`, and of what checks a generated project. @type {typeof import("typescript")} */
const own = require("typescript");
const createSourceFile = parseOnce("own", own.createSourceFile);
const createCompilerHost = hostOnce(own.createCompilerHost);
replace(require.resolve("typescript"), Object.create(own, { createCompilerHost: { value: createCompilerHost } }));

/** @param {typeof import("typescript").createCompilerHost} create @returns {typeof import("typescript").createCompilerHost} */
function hostOnce(create) {
  return (options, setParentNodes) => {
    const host = create(options, setParentNodes);
    host.getSourceFile = (name, version) => {
      const text = host.readFile(name);
      return text === undefined ? undefined : createSourceFile(name, text, version, setParentNodes);
    };
    return host;
  };
}

/** Of mcpgen. @type {{ ts: typeof import("ts-morph").ts }} */
const common = beside("@ts-morph/common");
const parse = /** @type {typeof own.createSourceFile} */ (/** @type {unknown} */ (common.ts.createSourceFile));
const ts = Object.create(common.ts, { createSourceFile: { value: parseOnce("morphed", parse) } });
replace(beside.resolve("@ts-morph/common"), Object.create(common, { ts: { value: ts } }));

/** @param {string} path @param {unknown} exported */
function replace(path, exported) {
  const loaded = require.cache[path];
  if (loaded === undefined) throw new Error(`${path} is not loaded`);
  loaded.exports = exported;
}
