// What the tests call, bundled as a server is: threads look for their file beside the bundle.
export { countServer } from "../../../templates/runtime/lifecycle/resources.js";
export { inWorker } from "../../../templates/runtime/workers/call.js";
export { log } from "../../../templates/runtime/logging/logger.js";
