import { parseArgs } from "node:util";
import { CHECK_MODES, type CheckMode } from "@playground/luau-analysis";

export interface CheckOptions {
  /** Files, folders and share links. */
  readonly targets: readonly string[];
  readonly json: boolean;
  /** For files that do not say themselves how they are checked. Absent: what the link says, else strict. */
  readonly mode: CheckMode | undefined;
  /** Language of the sentences of help. */
  readonly language: "en" | "ru";
}

export type CommandLine =
  | { readonly kind: "help" }
  | { readonly kind: "check"; readonly options: CheckOptions }
  /** One sentence. */
  | { readonly kind: "error"; readonly message: string };

export const HELP = `npm run check -- [options] <file, folder or share link>...

Checks Luau code as the playground's editor does: syntax, types, lint. Files that the
named ones require are read too. A folder is a project of its own. A short link
is asked of the bridge in its address.

  --json         diagnostics as JSON on standard output
  --mode MODE    strict (default), nonstrict or nocheck; a file's own --!strict wins
  --lang LANG    en or ru: the language of the help below each message
  --help         this text

Status: 0 without errors, 1 with errors, 2 when something could not be read.
`;

/** Reads the arguments; `environment` tells the reader's language. */
export function parseCommandLine(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): CommandLine {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      options: { json: { type: "boolean" }, mode: { type: "string" }, lang: { type: "string" }, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
  } catch (error) {
    return { kind: "error", message: error instanceof Error ? error.message : String(error) };
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: "help" };
  const mode = CHECK_MODES.find((known) => known === values.mode);
  if (values.mode !== undefined && mode === undefined) return { kind: "error", message: `--mode is "${values.mode}"; it takes ${CHECK_MODES.join(", ")}` };
  if (values.lang !== undefined && values.lang !== "en" && values.lang !== "ru")
    return { kind: "error", message: `--lang is "${values.lang}"; it takes en or ru` };
  if (positionals.length === 0) return { kind: "error", message: "name a file, a folder or a share link; --help tells more" };
  const language = values.lang ?? ((environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "").startsWith("ru") ? "ru" : "en");
  return { kind: "check", options: { targets: positionals, json: values.json === true, mode, language } };
}
