/** A bundled server → whether it starts, and what it speaks. */
import { join } from "node:path";
import { probeServer } from "../../dev/index.js";
import type { Finding } from "./finding.js";
import { bundlePath } from "./project-findings.js";

const about = "server";

/** As a client starts it, with the environment of this process. It is ended when it has answered. */
export async function lookAtServer(output: string): Promise<Finding> {
  const logged: string[] = [];
  const probe = await probeServer({ folder: output, entry: join(output, bundlePath) }, (text) => logged.push(text));
  switch (probe.kind) {
    case "served": {
      const [newest = "", ...others] = probe.revisions;
      const fact = `it starts over stdio with ${String(probe.tools)} ${probe.tools === 1 ? "tool" : "tools"}`;
      return { about, state: "ok", fact: `${fact}, and speaks ${newest} and, with a handshake, ${others.join(", ")}` };
    }
    case "failed":
      // What it wrote says more than how it has ended.
      return { about, state: "problem", fact: `it does not start: ${probe.reason}\n${logged.join("")}`.trimEnd() };
  }
}
