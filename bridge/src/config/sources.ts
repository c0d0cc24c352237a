import { parseArgs } from "node:util";
import { variableOf } from "./option.ts";

/** A value and where it stands, for messages. */
export interface Setting {
  readonly value: string;
  readonly source: string;
}

/** The values of options, by the option's name, from one place. */
export type Settings = ReadonlyMap<string, readonly Setting[]>;

/** What can be said on the command line only. */
export type Command = "help" | "version";

/** Reads the words of the command line. `aboutWords` is said, too, where one of them is no option. */
export function readArguments(
  args: readonly string[],
  names: ReadonlySet<string>,
  errors: string[],
  aboutWords?: string,
): { readonly settings: Settings; readonly commands: ReadonlySet<Command> } {
  const { tokens } = parseArgs({
    args: [...args],
    options: {
      ...Object.fromEntries([...names].map((name) => [name, { type: "string" as const }])),
      help: { type: "boolean", short: "h" },
      version: { type: "boolean" },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const settings = new Map<string, Setting[]>();
  const commands = new Set<Command>();
  /** Where the value of an option that there is not may stand: it is no mistake of its own. */
  let valueOfUnknown = -1;
  let hasStrayWord = false;
  for (const token of tokens) {
    if (token.kind === "positional" && token.index !== valueOfUnknown) {
      errors.push(`${JSON.stringify(token.value)} is not an option; --help lists them`);
      hasStrayWord = true;
    }
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    if (name === "help" || name === "version") {
      if (value === undefined) commands.add(name);
      else errors.push(`${rawName} takes no value, but ${JSON.stringify(value)} is given`);
    } else if (!names.has(name)) {
      errors.push(`${rawName} is not an option; --help lists them`);
      valueOfUnknown = inlineValue === true ? -1 : token.index + 1;
    } else if (value === undefined || value === "") errors.push(`${rawName} needs a value`);
    else if (!inlineValue && value.startsWith("-")) errors.push(`${rawName} needs a value, but ${value} follows`);
    else settings.set(name, [...(settings.get(name) ?? []), { value, source: `--${name}` }]);
  }
  if (aboutWords !== undefined && hasStrayWord) errors.push(aboutWords);
  return { settings, commands };
}

/** Reads the variables of the environment; those of options that may be repeated take a list with commas. */
export function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  names: ReadonlySet<string>,
  isRepeatable: (name: string) => boolean,
): Settings {
  const settings = new Map<string, Setting[]>();
  for (const name of names) {
    const variable = variableOf(name);
    const text = environment[variable] ?? "";
    const values = isRepeatable(name) ? text.split(",").map((value) => value.trim()) : [text];
    const given = values.filter((value) => value !== "").map((value) => ({ value, source: variable }));
    if (given.length > 0) settings.set(name, given);
  }
  return settings;
}

/** Reads a file of JSON: one object whose keys are the names of options, with texts, numbers, or lists of them. */
export function readConfigFile(file: string, text: string, names: ReadonlySet<string>, isRepeatable: (name: string) => boolean, errors: string[]): Settings {
  const settings = new Map<string, Setting[]>();
  const content = parseObject(file, text, errors);
  for (const [key, value] of Object.entries(content)) {
    const source = `${file}: ${JSON.stringify(key)}`;
    const values: unknown[] = Array.isArray(value) ? value : [value];
    if (!names.has(key)) errors.push(`${source} is not an option; --help lists them`);
    else if (Array.isArray(value) && !isRepeatable(key)) errors.push(`${source} is a list; it takes one value`);
    else if (values.some((element) => typeof element !== "string" && typeof element !== "number"))
      errors.push(`${source} takes ${isRepeatable(key) ? "texts or a list of them" : "a text or a number"}`);
    else if (values.includes("")) errors.push(`${source} is empty; it needs a value`);
    else
      settings.set(
        key,
        values.map((element) => ({ value: String(element), source })),
      );
  }
  return settings;
}

function parseObject(file: string, text: string, errors: string[]): object {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === "object" && content !== null && !Array.isArray(content)) return content;
    errors.push(`${file} has to hold one JSON object, such as {"port": 8080}`);
  } catch (error) {
    // The rest of the message quotes the file, in which a password may stand.
    const what = error instanceof Error ? /^[^,"]*/.exec(error.message)?.[0] : undefined;
    errors.push(`${file} is not JSON: ${what ?? "it cannot be read"}`);
  }
  return {};
}
