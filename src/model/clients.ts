/** The clients whose limits mcpgen knows, by the names that mcpgen.json gives them. */
export const clientNames = ["claude", "openai", "gemini", "cursor", "vscode"] as const;

export type ClientName = (typeof clientNames)[number];
