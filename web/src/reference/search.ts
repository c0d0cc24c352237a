import type { Block, ReferenceTopic } from "./content.ts";
import { plainText } from "./plain-text.ts";

/** Longest text to search for, characters: a search takes as long as the reference times the number of words. */
export const MAX_QUERY_LENGTH = 100;

/** Characters of a topic's text that are shown around what was found, on each side. */
const EXCERPT_SIDE = 60;

/** A topic that has all the words. */
export interface Found {
  readonly topic: ReferenceTopic;
  /** The text around the first of them. */
  readonly excerpt: string;
}

/** Words to look for, without regard to capitals, each once. */
export function wordsOf(query: string): readonly string[] {
  return [...new Set(query.slice(0, MAX_QUERY_LENGTH).toLowerCase().split(/\s+/).filter(Boolean))];
}

/** Looks through a reference, whose texts are read once. */
export class ReferenceSearch {
  readonly #texts: readonly { readonly topic: ReferenceTopic; readonly heading: string; readonly text: string; readonly lower: string }[];

  constructor(topics: readonly ReferenceTopic[]) {
    this.#texts = topics.map((topic) => {
      // Of an entry the names as they are written in full: the heading may have shortened them.
      const heading = [topic.title, ...topic.names].join("\n").toLowerCase();
      const text = plainText(topic.names.length > 0 ? topic.blocks.slice(1).filter((block) => !isMark(block)) : topic.blocks);
      return { topic, heading, text, lower: text.toLowerCase() };
    });
  }

  /** The topics that have all of these words, those first that have them in their heading; none for no words. */
  find(words: readonly string[]): Found[] {
    if (words.length === 0) return [];
    const inHeading: Found[] = [];
    const inText: Found[] = [];
    for (const { topic, heading, text, lower } of this.#texts) {
      if (words.every((word) => heading.includes(word))) inHeading.push({ topic, excerpt: excerptOf(text, 0) });
      else if (words.every((word) => heading.includes(word) || lower.includes(word))) {
        const first = Math.min(...words.map((word) => lower.indexOf(word)).filter((index) => index >= 0));
        inText.push({ topic, excerpt: excerptOf(text, first) });
      }
    }
    return [...inHeading, ...inText];
  }
}

/** Whether a block only says whose name it is. */
function isMark(block: Block): boolean {
  const [only, ...others] = block.kind === "paragraph" ? block.content : [];
  return typeof only === "object" && only.kind === "emphasis" && others.length === 0;
}

/** A line of the text around a place in it, cut between words. */
function excerptOf(text: string, at: number): string {
  const from = Math.max(0, at - EXCERPT_SIDE);
  const to = Math.min(text.length, at + 2 * EXCERPT_SIDE);
  const begin = from === 0 ? 0 : text.indexOf(" ", from) + 1;
  const end = to === text.length ? to : text.lastIndexOf(" ", to);
  // Where there is no blank to cut at, it is cut through.
  const [first, last] = begin > at || end <= at ? [from, to] : [begin, end];
  return `${first > 0 ? "…" : ""}${text.slice(first, last).replaceAll("\n", " ")}${last < text.length ? "…" : ""}`;
}

/** A piece of a text, which is one of the words or lies between them. */
export interface MarkedPiece {
  readonly text: string;
  readonly isFound: boolean;
}

/** Cuts a text where the words begin and end; words that overlap are one piece. */
export function markWords(text: string, words: readonly string[]): MarkedPiece[] {
  const lower = text.toLowerCase();
  // A letter whose small form is longer would shift all places behind it.
  if (lower.length !== text.length) return [{ text, isFound: false }];
  const places: { from: number; to: number }[] = [];
  for (const word of words) {
    for (let from = lower.indexOf(word); from >= 0; from = lower.indexOf(word, from + word.length)) places.push({ from, to: from + word.length });
  }
  places.sort((left, right) => left.from - right.from);
  const pieces: MarkedPiece[] = [];
  let end = 0;
  for (let index = 0; index < places.length;) {
    const { from } = places[index] as { from: number };
    let to = from;
    for (; index < places.length && (places[index]?.from ?? 0) <= to; index++) to = Math.max(to, places[index]?.to ?? 0);
    if (from > end) pieces.push({ text: text.slice(end, from), isFound: false });
    pieces.push({ text: text.slice(from, to), isFound: true });
    end = to;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isFound: false });
  return pieces;
}
