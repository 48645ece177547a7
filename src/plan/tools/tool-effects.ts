/** What a function's body does, against what its tags say, and what is better done otherwise in a server. */
import { diagnostic, type Diagnostic, type Note } from "../../diagnostics/diagnostic.js";
import type { DocTag, FunctionModel } from "../../model/api.js";
import type { Effect, EffectKind } from "../../model/effects.js";
import { findTag, flagValue } from "../surface/check-tags.js";

export function checkEffects(source: FunctionModel): readonly Diagnostic[] {
  const { effects } = source;
  const isGiven = (name: string): DocTag | undefined => {
    const tag = findTag(source.docs, name);
    return tag && flagValue(tag) ? tag : undefined;
  };
  const readonly = isGiven("readonly");
  const pure = isGiven("pure");
  return effects.flatMap((effect) => [
    ...(pure && effect.kind !== "console" && effect.kind !== "directory"
      ? [refuse("MG443", { effect, tag: pure })]
      : []),
    ...(readonly && effect.kind === "writes" ? [refuse("MG444", { effect, tag: readonly })] : []),
    ...warn(effect),
  ]);
}

interface Contradiction {
  readonly effect: Effect;
  readonly tag: DocTag;
}

const phrases: Readonly<Record<EffectKind, string>> = {
  reads: "reads what can change",
  writes: "changes what outlives the call",
  state: "changes a variable of the module",
  network: "goes over the network",
  clock: "asks for the time",
  random: "is random",
  console: "prints",
  directory: "depends on the working directory",
  unknown: "may do anything",
};

function refuse(code: "MG443" | "MG444", { effect, tag }: Contradiction): Diagnostic {
  const notes = [{ message: `\`@${tag.name}\` is given here`, span: tag.span }, ...wayTo(effect)];
  return diagnostic(code, `\`${effect.text}\` ${phrases[effect.kind]}, which \`@${tag.name}\` rules out`, {
    span: effect.span,
    notes,
  });
}

/** `dotenv.config()`, `import "dotenv/config"`, `process.loadEnvFile()`. */
const readsEnvironment = /^["']|^(?:.*\.)?(?:config|loadEnvFile)\(/;

function warn(effect: Effect): readonly Diagnostic[] {
  const { kind, text, span } = effect;
  if (kind === "state")
    return [
      diagnostic("MG440", `\`${text}\` is shared by all calls of this process and by no other process`, {
        span,
        notes: wayTo(effect),
        // What it is called does not tell two variables of different files apart.
        cause: `${span.file} ${text.replace(/[^\w$].*$/s, "")}`,
      }),
    ];
  if (kind === "directory")
    return [
      diagnostic("MG542", `\`${text}\` depends on the folder that the server is started in`, {
        span,
        notes: wayTo(effect),
        cause: JSON.stringify(span),
        help: readsEnvironment.test(text)
          ? "give it a `path`, or set the variables where the server is started"
          : undefined,
      }),
    ];
  if (kind !== "console") return [];
  return [diagnostic("MG442", `\`${text}\` prints where no client sees it`, { span, notes: wayTo(effect) })];
}

function wayTo({ through }: Effect): readonly Note[] {
  return through.length === 0 ? [] : [{ message: `called through ${through.map((name) => `\`${name}\``).join(", ")}` }];
}
