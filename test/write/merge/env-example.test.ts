/** The user's .env.example: variables that it does not name are added, once, and nothing else is touched. */
import { describe, expect, test } from "vitest";
import { addVariables, variablesIn } from "../../../src/write/merge/env-example.js";

const wanted = `# What the server reads.
# NODE_ENV=production is none
# of them.

# Where it is.
# HOST=127.0.0.1

# The key.
# A string. Required.
API_KEY=
`;

test("variables are what stands below their comments", () => expect(variablesIn(wanted)).toEqual(["HOST", "API_KEY"]));

describe("variables", () => {
  test("that are missing come last, with their comments", () => {
    expect(addVariables("# mine\nHOST=0.0.0.0\n\n\n", wanted, [])).toBe(
      "# mine\nHOST=0.0.0.0\n\n# The key.\n# A string. Required.\nAPI_KEY=\n",
    );
  });

  test.each(["HOST=1\nAPI_KEY=2", "  export HOST=1\n#API_KEY=x", "# HOST=\r\n# API_KEY=\r\n"])(
    "that are named in %j stay as they are",
    (current) => expect(addVariables(current, wanted, [])).toBe(current),
  );

  test("are not named by others that begin or end as they do", () => {
    expect(addVariables("HOST_NAME=\nMY_API_KEY=\n", wanted, [])).toContain("HOST=127.0.0.1");
  });

  test("that the user removed are not brought back", () => {
    expect(addVariables("A=1\n", wanted, ["HOST", "API_KEY"])).toBe("A=1\n");
  });

  test("are added with the line ends of the file, also to an empty one", () => {
    expect(addVariables("A=1\r\n", wanted, ["HOST"])).toBe(
      "A=1\r\n\r\n# The key.\r\n# A string. Required.\r\nAPI_KEY=\r\n",
    );
    expect(addVariables("", wanted, ["HOST"])).toBe("# The key.\n# A string. Required.\nAPI_KEY=\n");
  });
});
