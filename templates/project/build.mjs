// How this server is built: `npm run build`, `npm test`, `npm run dev`. Yours: change what you need. What follows from
// your functions is in generated/build/, which is written anew with them.
import { run } from "./generated/build/main.mjs";

await run(process.argv.slice(2), {
  // Options of esbuild for every bundle, such as `define` or `external`.
  esbuild: {},
  // Files and folders that your functions read and that an image takes along; what stands beside the sources is.
  assets: [],
});
