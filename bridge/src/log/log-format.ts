import type { LogEntry } from "./log.ts";

/** Longest text of a field, characters: what a client sends may be long. */
const MAX_TEXT = 500;

type Field = string | number | boolean;

/** One line of JSON. Every character that is not printable ASCII is escaped, so that nothing of a client's reaches a terminal. */
export function formatJson(time: string, entry: LogEntry): string {
  return JSON.stringify(Object.fromEntries(fieldsOf(time, entry))).replace(/[^\x20-\x7e]/g, escaped);
}

/** One line of `key=value` pairs; values with spaces, quotes or `=` are in quotes, as in JSON. */
export function formatLogfmt(time: string, entry: LogEntry): string {
  return pairs(fieldsOf(time, entry));
}

/** A line for a person at a terminal: the sentence, where there is one, and the circumstances behind it. */
export function formatText({ message, level, event, ...fields }: LogEntry): string {
  const circumstances = pairs(presentFields(fields));
  if (message === undefined) return `${level}: ${event} ${circumstances}`.trimEnd();
  const sentence = String(shortened(message)).replace(/[^\x20-\x7e]/g, escaped);
  return `${level}: ${sentence}${circumstances === "" ? "" : ` (${circumstances})`}`;
}

function pairs(fields: readonly (readonly [string, Field])[]): string {
  return fields
    .map(([key, value]) => {
      const text = String(value);
      return `${key}=${/^[\x21\x23-\x3c\x3e-\x5b\x5d-\x7e]+$/.test(text) ? text : JSON.stringify(text).replace(/[^\x20-\x7e]/g, escaped)}`;
    })
    .join(" ");
}

function fieldsOf(time: string, { level, event, ...fields }: LogEntry): [string, Field][] {
  return presentFields({ time, level, event, ...fields });
}

function presentFields(fields: Readonly<Record<string, Field | undefined>>): [string, Field][] {
  return Object.entries(fields).flatMap(([key, value]): [string, Field][] => (value === undefined ? [] : [[key, shortened(value)]]));
}

function shortened(value: Field): Field {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  return typeof value === "string" && value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
