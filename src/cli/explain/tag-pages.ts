/** Every tag → its page. */
import type { TagName } from "../../language/tags.js";
import { functionPages } from "./function-pages.js";
import type { TagPage } from "./policy-page.js";
import { policyPages } from "./policy-pages.js";
import { sourcePages } from "./source-pages.js";

/** A tag without a page does not compile. */
export const tagPages: Readonly<Record<TagName, TagPage>> = {
  ...functionPages,
  ...policyPages,
  ...sourcePages,
};
