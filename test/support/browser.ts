/** Chromium without a window: where Debian and others put it. Where it is missing its tests are skipped, which CI does not accept. */
import { existsSync } from "node:fs";
import puppeteer, { type Browser } from "puppeteer-core";

const program = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);

export const hasBrowser = program !== undefined || process.env["CI"] === "true";

export async function openBrowser(): Promise<Browser> {
  // A container runs as root and has no user namespaces; what is opened is ours.
  const args = ["--no-sandbox", "--disable-gpu"];
  return puppeteer.launch({ executablePath: program ?? "/usr/bin/chromium", pipe: true, args });
}
