/** The stages of the pipeline in the words that a terminal shows while they run. */
import type { StageName } from "../../pipeline.js";

const texts: Readonly<Record<StageName, string>> = {
  config: "reading the configuration …",
  discover: "reading the source …",
  analyze: "resolving types …",
  plan: "planning the server …",
  render: "writing code …",
  compare: "comparing with what is there …",
  apply: "saving files …",
};

export function stageText(stage: StageName): string {
  return texts[stage];
}
