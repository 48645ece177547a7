/** mcpgen's own version: in the manifest, so that another version rebuilds, and nowhere else in the output. */
import packageJson from "../../package.json" with { type: "json" };

export const version: string = packageJson.version;
