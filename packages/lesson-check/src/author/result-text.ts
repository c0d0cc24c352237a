import type { Language, ShownBytes, StepResult } from "@playground/lessons";

/** A result on a few lines, for a terminal. What comes from programs is quoted, so that nothing in it acts. */
export function resultText(result: StepResult, language: Language = "en"): string {
  const { step, state, message, error, place, expected, got, mistake, connection } = result;
  return [
    `${step} ${state}${message === undefined ? "" : `: ${message[language]}`}`,
    ...(error === undefined ? [] : [`    error: ${JSON.stringify(error)}`]),
    ...(place === undefined ? [] : [`    at ${JSON.stringify(place.file)}:${place.line}`]),
    ...(expected === undefined ? [] : [`    expected: ${shown(expected)}`]),
    ...(got === undefined ? [] : [`    got:      ${shown(got)}`]),
    ...(mistake === undefined ? [] : [`    mistake: ${mistake}`]),
    ...(connection === undefined ? [] : [`    on ${connection.local} → ${connection.remote}`]),
  ].join("\n");
}

/** Characters of a text that are shown. */
const SHOWN_CHARS = 200;

function shown({ text, bytes, omitted }: ShownBytes): string {
  const cut = text.length > SHOWN_CHARS;
  return `${JSON.stringify(text.slice(0, SHOWN_CHARS))}${cut ? "…" : ""} (${bytes.length + omitted} bytes)`;
}
