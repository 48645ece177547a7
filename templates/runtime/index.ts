// What generated files import from the runtime. Copied by mcpgen as it is: change the functions, not this folder.
export { defineServer } from "./dispatch/server.js";
export { defineTool } from "./tools/definition.js";
