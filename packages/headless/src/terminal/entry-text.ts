import type { Notice, StackFrame } from "@playground/zone";
import { explainError } from "@playground/zone/explanations";
import type { Language } from "../command-line.ts";
import type { OutputEntry } from "../program/messages.ts";
import { explainOwnFailure } from "./explain-failure.ts";

/** The words of an entry; undefined for one that says nothing here. What a script prints is its own. */
export function entryText({ level, text, detail }: OutputEntry, language: Language): string | undefined {
  const explanation = explanationOf(detail?.notice, language);
  if (level === "notice" && text === "") return explanation;
  const message = withPlace(text, detail?.chunk, detail?.line);
  return [explanation === undefined ? message : joined(message, explanation), ...stackLines(detail?.stack ?? [])].join("\n");
}

/** What explains an error, or a failure of the network that was printed. */
function explanationOf(notice: Notice | undefined, language: Language): string | undefined {
  // The failure's own sentence says in English what has happened and what to do.
  if (notice?.code === "network-failure") return language === "en" ? undefined : explainOwnFailure(notice.failure, language);
  return notice?.code === "error-explained" ? explainError(notice.explanation, language) : undefined;
}

/** Two sentences; Luau's own has no full stop. */
function joined(message: string, explanation: string): string {
  return `${message}${/[.!?]$/.test(message) ? "" : "."} ${explanation}`;
}

/** An error that does not begin with its place, such as `not enough memory`, is given it where it is known. */
function withPlace(text: string, chunk: string | undefined, line: number | undefined): string {
  if (chunk === undefined || line === undefined) return text;
  const place = `${chunk}:${line}:`;
  return text.startsWith(place) ? text : `${place} ${text}`;
}

/** The calls that led to an error, where there is more to tell than the line itself. */
function stackLines(stack: readonly StackFrame[]): string[] {
  // What a function of the API did is in the message; only its name would be here.
  const calls = stack.filter(({ line, skipped }) => line !== undefined || skipped !== undefined);
  if (calls.length < 2) return [];
  return calls.map((frame) => {
    if (frame.skipped !== undefined) return `    … ${frame.skipped} ${frame.skipped === 1 ? "call" : "calls"} left out`;
    const place = `${frame.chunk}:${frame.line}`;
    return frame.function === undefined || frame.function === "" ? `    ${place}` : `    ${place} in ${frame.function}`;
  });
}
