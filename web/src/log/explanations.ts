import { currentLocale } from "../locale/locale.ts";
import type { ConsoleEntry } from "./entry.ts";
import type { Explanation, Notice } from "./notice.ts";

type Words = typeof import("./explanation-words.ts");

/** Milliseconds that an explanation is waited for. It is fetched ahead, so that it is there unless the bridge went early; an error is shown without it, too. */
const WORDS_LIMIT_MS = 1_000;

let words: Words | undefined;
let loading: Promise<void> | undefined;

export function isExplanation(notice: Notice | undefined): notice is Explanation {
  return notice?.code === "network-failure" || notice?.code === "error-explained";
}

/** Whether explanations can be put into words. */
export function hasExplanations(): boolean {
  return words !== undefined;
}

/** Fetches the words of explanations. Resolves in any case, within a time; where they could not be had, the next call tries again. */
export function loadExplanations(): Promise<void> {
  loading ??= Promise.race([
    import("./explanation-words.ts").then((loaded) => {
      words = loaded;
    }),
    new Promise<void>((resolve) => setTimeout(resolve, WORDS_LIMIT_MS)),
  ])
    .catch(() => {})
    .then(() => {
      loading = undefined;
    });
  return loading;
}

/** Entries without the explanations that cannot be put into words. */
export function withWords(entries: readonly ConsoleEntry[]): readonly ConsoleEntry[] {
  return words === undefined ? entries.filter(({ notice }) => !isExplanation(notice)) : entries;
}

/** The explanation in the reader's language; empty without words. */
export function explanationText(notice: Explanation): string {
  if (words === undefined) return "";
  return notice.code === "network-failure" ? words.explainFailure(notice.failure, currentLocale()) : words.explainError(notice.explanation, currentLocale());
}

/** What to do about a fault of syntax in this line, in the reader's language; undefined where the words cannot be had. */
export async function syntaxHelp(message: string, line: string): Promise<string | undefined> {
  if (words === undefined) await loadExplanations();
  return words?.explainSyntaxError(message, line)[currentLocale()];
}
