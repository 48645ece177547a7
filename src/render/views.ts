/** What each frame in templates/frames is filled with: ready text and flags, nothing left to decide. */

export interface Views {
  readonly "tool.ts": ToolView;
  readonly "server.ts": ServerView;
  readonly "tool.test.ts": TestView;
  readonly "README.md": ReadmeView;
  readonly Dockerfile: DockerfileView;
}

export interface ToolView {
  readonly source: string;
  readonly imports: string;
  readonly declarations: readonly string[];
  readonly input: string;
  readonly hasOutput: boolean;
  readonly output: string;
  readonly constant: string;
  readonly defineTool: string;
  readonly name: string;
  readonly result: string;
  readonly call: string;
}

export interface ServerView {
  readonly imports: string;
  readonly tools: string;
}

export interface TestView {
  readonly name: string;
  readonly refusesUnknown: boolean;
  readonly unknown: string;
  readonly hasRequired: boolean;
  readonly required: string;
  readonly hasExample: boolean;
  readonly example: string;
}

export interface ReadmeView {
  readonly title: string;
  readonly description: string;
  readonly tools: string;
  readonly name: string;
  readonly source: string;
  readonly output: string;
  readonly clientConfig: string;
}

export interface DockerfileView {
  readonly context: string;
  readonly output: string;
  readonly name: string;
}
