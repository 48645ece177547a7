// What takes longest begins first, so that no core waits for it at the end; a fresh clone knows no durations of its own.
import { relative } from "node:path";
import { BaseSequencer } from "vitest/node";
import { dearest } from "../test/support/test-projects.ts";

export class DearestFirst extends BaseSequencer {
  /** @param {Parameters<BaseSequencer["sort"]>[0]} files */
  async sort(files) {
    const place = ({ moduleId }) => {
      const index = dearest.indexOf(relative(`${this.ctx.config.root}/test`, moduleId).replaceAll("\\", "/"));
      return index < 0 ? dearest.length : index;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}
