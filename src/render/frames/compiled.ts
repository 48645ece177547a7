/**
 * A frame → what fills it: the only file that knows Handlebars. In the built package the frames are compiled beforehand, and
 * what `bin/build.js` makes of them stands in the place of this file.
 */
import Handlebars from "handlebars";
import options from "./frame-options.json" with { type: "json" };

/** Its own instance: nobody else's helpers or partials. */
const handlebars = Handlebars.create();

const compiled = new Map<string, (view: unknown) => string>();

/** `read` gives the text of the frame. */
export function frameOf(name: string, read: () => string): (view: unknown) => string {
  const known = compiled.get(name);
  if (known) return known;
  const frame = handlebars.compile(read(), options);
  compiled.set(name, frame);
  return frame;
}
