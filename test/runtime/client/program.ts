/** The program of the server beside this file, for `bundleSample`. */
export const program = `
  import "./templates/runtime/lifecycle/stdout.js";
  import { main } from "./templates/runtime/entry/main.js";
  import { server } from "./test/runtime/client/server.js";
  await main({ ...server, load: () => Promise.resolve(server), sessions: () => import("./templates/runtime/http/sessions.js") });`;
