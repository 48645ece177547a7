/** What each frame in templates/frames is filled with: ready text and flags, nothing left to decide. */

export interface Views {
  readonly "served.ts": ServedView;
  readonly "type.ts": TypeView;
  readonly "auth.ts": AuthView;
  readonly "container.ts": ContainerView;
  readonly "config.ts": ConfigView;
  readonly "main.ts": MainView;
  readonly "testing.ts": TestingView;
  readonly "client.ts": ClientView;
  readonly "surface.test.ts": SurfaceTestView;
  readonly "bench.ts": BenchView;
  readonly "server.ts": ServerView;
  readonly "workers.ts": WorkersView;
  readonly "tool.test.ts": TestView;
  readonly "example.test.ts": ExampleView;
  readonly "settings.ts": SettingsView;
  readonly "README.md": ReadmeView;
  readonly Dockerfile: DockerfileView;
  readonly "compose.yaml": ComposeView;
}

export interface ServedView {
  readonly source: string;
  readonly imports: string;
  readonly declarations: readonly string[];
  /** What the schema of the arguments is called: `input`, or `item` where there are several. */
  readonly taken: string;
  readonly input: string;
  readonly hasOutput: boolean;
  readonly output: string;
  /** What else is declared before the definition. */
  readonly constants: readonly string[];
  readonly constant: string;
  /** The local name of the runtime's function. */
  readonly define: string;
  readonly name: string;
  /** Members of the definition by which clients know it, beside its name. */
  readonly marks: readonly string[];
  /** Of a batch or a stream: members of the definition. */
  readonly sizes: readonly string[];
  /** Members of the definition that say how a result is presented. */
  readonly results: readonly string[];
  readonly hasErrors: boolean;
  readonly errors: string;
  /** Something is done between arguments and call. */
  readonly hasOrder: boolean;
  /** In which that happens, for the reader. */
  readonly order: string;
  readonly hasScopes: boolean;
  readonly authorize: string;
  readonly hasPolicies: boolean;
  readonly policies: string;
  /** Other tools fill parameters of the function. */
  readonly hasTools: boolean;
  readonly tools: string;
  readonly hasSteps: boolean;
  readonly steps: string;
  readonly hasNeeds: boolean;
  readonly needs: string;
  readonly call: string;
}

export interface ContainerView {
  readonly imports: string;
  /** The functions that open each scope, with the types between them. */
  readonly declarations: readonly string[];
  readonly dependencies: string;
  /** A property for each entry. */
  readonly providers: readonly string[];
  readonly members: readonly string[];
}

export interface ConfigView {
  readonly imports: string;
  readonly definitions: string;
}

export interface ServerView {
  readonly imports: string;
  readonly tools: string;
  /** Empty where there are only tools. */
  readonly features: string;
  readonly hasContainer: boolean;
  readonly calls: boolean;
  /** Failures of the system, the network and packages are told apart. */
  readonly failures: boolean;
  readonly client: boolean;
  readonly metrics: boolean;
  readonly telemetry: boolean;
}

export interface AuthView {
  /** By tool. */
  readonly scopes: string;
  /** By prompt; empty where none needs a scope. */
  readonly prompts: string;
  /** By URI; empty where no resource needs a scope. */
  readonly resources: string;
}

export interface MainView {
  readonly client: boolean;
  readonly sessions: boolean;
  /** Over HTTP arguments stand in headers too. */
  readonly headers: boolean;
  readonly auth: boolean;
}

export interface TestingView {
  /** The runtime's folder of the line that the client is of. */
  readonly sdk: string;
  /** Something of the server waits or ages. */
  readonly hasClock: boolean;
  /** Something of the server is left to chance. */
  readonly hasRandom: boolean;
  /** Over HTTP the server keeps what it knows of its clients. */
  readonly sessions: boolean;
  /** As in `MainView`. */
  readonly headers: boolean;
  /** What is connected with, as an expression. */
  readonly connection: string;
  /** There is something that a test can replace. */
  readonly hasDependencies: boolean;
}

export interface ClientView {
  readonly imports: string;
  /** Schemas, then a constant for each tool. */
  readonly declarations: readonly string[];
  /** The local name of the type of what calls tools. */
  readonly toolClient: string;
  /** A property for each tool. */
  readonly methods: readonly string[];
}

export interface SurfaceTestView {
  /** As in `TestingView`. */
  readonly sdk: string;
}

export interface BenchView {
  /** The path to the output. */
  readonly output: string;
  /** test/settings.ts stands for the environment. */
  readonly hasSettings: boolean;
}

export interface SettingsView {
  readonly settings: string;
}

export interface TypeView {
  readonly declared: string;
  readonly imports: string;
  readonly schemas: readonly string[];
}

export interface WorkersView {
  readonly imports: string;
  readonly functions: string;
}

export interface TestView {
  readonly hasNeeds: boolean;
  /** One of them, as an example, behind what is put in place already. */
  readonly mocked: string;
  readonly hasSettings: boolean;
  readonly given: string;
  /** A test each. */
  readonly examples: readonly string[];
  readonly hasExamples: boolean;
  /** Imported from the mocks of what the server makes. */
  readonly mocks: string;
  /** Where there are no examples. */
  readonly title: string;
  readonly call: string;
}

export interface ExampleView {
  readonly title: string;
  readonly call: string;
  readonly hasAnswer: boolean;
  /** A statement; empty where it is not said what is answered. */
  readonly answer: string;
}

export interface ReadmeView {
  readonly title: string;
  readonly description: string;
  /** What is served, by role: a heading and a table each. */
  readonly sections: readonly string[];
  readonly clientConfig: string;
  readonly install: string;
  /** How the package manager runs a script: `npm run`. */
  readonly run: string;
  readonly hasClient: boolean;
  /** It is named in the MCP registry. */
  readonly isPublished: boolean;
  /** Of npm's. */
  readonly package: string;
  readonly source: string;
}

export interface DockerfileView {
  /** In words: the folder that the build reads. */
  readonly context: string;
  /** From the folder that the command is run in, which is the build's context; as a word of a shell. */
  readonly dockerfile: string;
  readonly image: string;
  readonly workdir: string;
  /** The build's script for installing, as a list of JSON. */
  readonly install: string;
}

export interface ComposeView {
  /** Strings of YAML, as all values are. */
  readonly name: string;
  readonly context: string;
  readonly dockerfile: string;
  /** A line each. */
  readonly environment: readonly string[];
  /** Whom the server waits for, by name. */
  readonly services: readonly string[];
  readonly hasServices: boolean;
  readonly hasDatabase: boolean;
  readonly databasePassword: string;
  readonly hasRedis: boolean;
  readonly keepsRedis: boolean;
  readonly losesRedis: boolean;
  readonly volumes: readonly string[];
  readonly hasVolumes: boolean;
  readonly hasSessions: boolean;
}
