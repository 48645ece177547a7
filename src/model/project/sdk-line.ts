/** The lines of the official SDK that a project's tests can connect their client from. */
export const sdkLines = ["v1", "v2"] as const;

export type SdkLine = (typeof sdkLines)[number];
