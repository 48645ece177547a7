// What the compiler does not say: the house rules that a linter can see.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import tseslint from "typescript-eslint";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

export default tseslint.config(
  { ignores: ["**/node_modules/", "**/dist/", "fixtures/", "templates/project/", "templates/frames/"] },
  {
    files: ["src/**/*.ts", "templates/bench/**/*.ts", "templates/runtime/**/*.ts", "test/**/*.ts", "bench/**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      "max-lines": ["error", { max: 400, skipComments: true, skipBlankLines: true }],
      "max-lines-per-function": ["error", { max: 60, skipComments: true }],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Export by name." },
        { selector: "TSEnumDeclaration", message: "Use a union of literals." },
        { selector: "TSModuleDeclaration[declare!=true]", message: "Use a module." },
      ],
      // `typeof import("…")` names a module's exports where a value import would load it.
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Code points are what the wire counts.
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
    },
  },
  {
    // The starters are checked by the compiler where they end up: in a new project, beside what is generated for them.
    files: ["templates/starters/**/*.ts"],
    extends: [...tseslint.configs.strict],
  },
  {
    // A contract's type parameter is for its caller to state.
    files: ["templates/runtime/contracts/**/*.ts"],
    rules: { "@typescript-eslint/no-unnecessary-type-parameters": "off" },
  },
  {
    // The SDK calls its low-level server deprecated, to lead beginners to the other one; it is the one that takes ready-made schemas.
    files: ["templates/runtime/sdk-v1/**/*.ts"],
    rules: { "@typescript-eslint/no-deprecated": "off" },
  },
  {
    // The compiler's own declarations promise symbols that are not always there, and functions that are not methods.
    files: ["src/discover/**/*.ts", "src/analyze/**/*.ts"],
    rules: { "@typescript-eslint/no-unnecessary-condition": "off", "@typescript-eslint/unbound-method": "off" },
  },
  {
    // Options that TypeScript will drop are what older projects have.
    files: ["src/discover/compiler/compiler-*.ts"],
    rules: { "@typescript-eslint/no-deprecated": "off" },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "max-lines-per-function": "off",
      // Tests read what came over the wire, and evaluate what was generated.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-implied-eval": "off",
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
    },
  },
);
