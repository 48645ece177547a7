/**
 * Recognises by hashes alone that a build would change nothing: same mcpgen, same configuration, same inputs,
 * and an output as it was written. Loads neither TypeScript nor the validator, the formatter or the templates.
 */
import { version } from "./model/version.js";
import { draftConfig, fingerprint, type ConfigDraft, type ConfigRequest } from "./config/draft.js";
import { rehashInputs } from "./discover/index.js";
import { readIntactManifest } from "./write/intact.js";

export interface Unchanged {
  readonly unchanged: true;
  readonly root: string;
  readonly source: string;
  readonly output: string;
}

/** Undefined when there may be something to do: any doubt costs no more than a full build. */
export function findUnchanged(request: ConfigRequest): Unchanged | undefined {
  const draft = draftConfig(request);
  const { root, source, output, file } = draft;
  if (source === undefined || (file && (file.text === undefined || file.errors.length > 0))) return undefined;
  const manifest = readIntactManifest(output);
  if (manifest?.mcpgen !== version || manifest.config !== fingerprint(draft)) return undefined;
  const { inputs } = manifest;
  const today = rehashInputs({ root, source, output, exclude: excluded(draft) }, inputs);
  const same =
    Object.keys(today).length === Object.keys(inputs).length &&
    Object.entries(inputs).every(([path, hash]) => today[path] === hash);
  return same ? { unchanged: true, root, source, output } : undefined;
}

/** The fingerprint says that these settings passed the validator once. */
function excluded({ settings }: ConfigDraft): readonly string[] {
  const { exclude } = settings;
  return Array.isArray(exclude) ? exclude.filter((glob) => typeof glob === "string") : [];
}
