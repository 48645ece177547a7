/** The user's package.json gains what is missing and keeps the rest to the byte. */
import { describe, expect, test } from "vitest";
import { addPackages, packagesOf } from "../../../src/write/merge/package-json.js";

const wanted = JSON.stringify({
  dependencies: { sdk: "1.0.0", zod: "4.0.0" },
  devDependencies: { typescript: "6.0.0" },
});

test("packages of both kinds are listed", () => {
  expect(packagesOf(wanted)).toEqual(["sdk", "zod", "typescript"]);
});

describe("addPackages", () => {
  test("changes nothing when nothing is missing, whatever the version and the section", () => {
    const mine = `{ "dependencies": { "zod": "^3" },\n\t"peerDependencies": {"sdk":"*"}, "devDependencies": {"typescript": "5"} }`;
    expect(addPackages(mine, wanted, [])).toBe(mine);
  });

  test("adds in order, in the user's indentation", () => {
    const mine = `{\n    "name": "mine",\n    "dependencies": {\n        "express": "5.0.0",\n        "undici": "7.0.0"\n    }\n}\n`;
    expect(addPackages(mine, wanted, ["typescript"])).toBe(
      `{\n    "name": "mine",\n    "dependencies": {\n        "express": "5.0.0",\n        "sdk": "1.0.0",\n        "undici": "7.0.0",\n        "zod": "4.0.0"\n    }\n}\n`,
    );
  });

  test("makes the section that is not there; keeps tabs", () => {
    const mine = `{\n\t"name": "mine"\n}`;
    expect(addPackages(mine, wanted, ["sdk", "zod"])).toBe(
      `{\n\t"name": "mine",\n\t"devDependencies": {\n\t\t"typescript": "6.0.0"\n\t}\n}`,
    );
  });

  test("puts a section that is not there at the end, however others are named", () => {
    const mine = `{\n  "name": "mine",\n  "scripts": {}\n}\n`;
    const scoped = JSON.stringify({ devDependencies: { "@types/node": "20.0.0" } });
    expect(addPackages(mine, scoped, [])).toBe(
      `{\n  "name": "mine",\n  "scripts": {},\n  "devDependencies": {\n    "@types/node": "20.0.0"\n  }\n}\n`,
    );
  });

  test("keeps CRLF", () => {
    const mine = `{\r\n  "name": "mine",\r\n  "dependencies": {\r\n    "zod": "4"\r\n  }\r\n}\r\n`;
    expect(addPackages(mine, wanted, ["typescript"])).toBe(
      `{\r\n  "name": "mine",\r\n  "dependencies": {\r\n    "sdk": "1.0.0",\r\n    "zod": "4"\r\n  }\r\n}\r\n`,
    );
  });

  test("does not bring back what the user removed", () => {
    const mine = `{ "name": "mine" }`;
    expect(addPackages(mine, wanted, ["sdk", "zod", "typescript"])).toBe(mine);
  });

  test.each(["", "[]", "{", '"x"', "null"])("%j is no package.json", (text) => {
    expect(addPackages(text, wanted, [])).toBeUndefined();
  });
});
