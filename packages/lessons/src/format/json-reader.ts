import type { Problems } from "../lesson-error.ts";
import { LANGUAGES, type LocalText } from "../local-text.ts";
import { MAX_TITLE_CHARS } from "../limits.ts";
import { textFault } from "../text-fault.ts";

/** The fields of a JSON file; what is wrong is a problem, and a harmless value in its place. */
export class JsonReader {
  readonly #file: string;
  readonly #problems: Problems;
  readonly #fields: ReadonlyMap<string, unknown>;

  /** Reads a file. */
  static ofFile(source: string, file: string, known: readonly string[], problems: Problems): JsonReader {
    let value: unknown;
    try {
      value = JSON.parse(source);
    } catch (error) {
      problems.add(file, undefined, `the file is not JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
    return new JsonReader(value, file, known, problems);
  }

  /** Reads what JSON has given; undefined, where a problem was told already, has no fields. */
  constructor(value: unknown, file: string, known: readonly string[], problems: Problems) {
    this.#file = file;
    this.#problems = problems;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (value !== undefined && !isObject) this.problem("the file holds no object: it begins with { and ends with }");
    this.#fields = new Map(isObject ? Object.entries(value) : []);
    for (const name of this.#fields.keys()) {
      if (!known.includes(name)) this.problem(`"${name.slice(0, MAX_TITLE_CHARS)}" is unknown; there are ${known.join(", ")}`);
    }
  }

  problem(message: string): void {
    this.#problems.add(this.#file, undefined, message);
  }

  /** The version of the format. */
  format(version: number): void {
    const value = this.#fields.get("format");
    if (value !== version) this.problem(`"format" is ${JSON.stringify(value) ?? "missing"}; this playground reads ${version}`);
  }

  string(name: string): string {
    const value = this.#fields.get(name);
    if (typeof value === "string") return value;
    this.problem(`"${name}" is a text and has to be there`);
    return "";
  }

  optionalString(name: string): string | undefined {
    return this.#fields.has(name) ? this.string(name) : undefined;
  }

  wholeNumber(name: string, [least, most]: readonly [number, number]): number {
    const value = this.#fields.get(name);
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    this.problem(`"${name}" is a whole number from ${least} to ${most}`);
    return least;
  }

  /** Different texts. An absent list is empty where it is optional. */
  strings(name: string, { most, isOptional = false }: { readonly most: number; readonly isOptional?: boolean }): readonly string[] {
    const value = this.#fields.get(name);
    if (value === undefined && isOptional) return [];
    const isList = Array.isArray(value) && value.every((item) => typeof item === "string") && new Set(value).size === value.length;
    if (isList && value.length <= most && (isOptional || value.length > 0)) return value;
    this.problem(`"${name}" is a list of ${isOptional ? "at most" : "1 to"} ${most} different texts`);
    return [];
  }

  /** Objects in a list. An absent list is empty where it is optional. */
  list(name: string, most: number): readonly unknown[] {
    const value = this.#fields.get(name);
    if (Array.isArray(value) && value.length <= most) return value;
    this.problem(`"${name}" is a list of at most ${most}`);
    return [];
  }

  /** Texts by their names. */
  texts(name: string, most: number): ReadonlyMap<string, string> {
    const value = this.#fields.get(name);
    const entries = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : undefined;
    if (entries !== undefined && entries.length <= most && entries.every(([, text]) => typeof text === "string")) return new Map(entries as [string, string][]);
    this.problem(`"${name}" is an object of at most ${most} texts`);
    return new Map();
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  /** The value of a field, whatever it is. */
  value(name: string): unknown {
    return this.#fields.get(name);
  }

  /** A text in both languages. */
  localText(name: string, mostChars: number): LocalText {
    const value = this.#fields.get(name) as Partial<Record<string, unknown>> | undefined;
    const texts = LANGUAGES.map((language) => {
      const text = typeof value === "object" && value !== null ? value[language] : undefined;
      const fault = typeof text === "string" ? textFault(text) : undefined;
      if (typeof text === "string" && text.trim() !== "" && text.length <= mostChars && fault === undefined) return [language, text];
      if (fault !== undefined) this.problem(`"${name}" ${fault}`);
      else this.problem(`"${name}" needs a text of 1 to ${mostChars} characters in "${language}"`);
      return [language, ""];
    });
    return Object.fromEntries(texts) as LocalText;
  }
}
