import { LineStream } from "./line-stream.ts";
import { startState } from "./state.ts";
import { token } from "./token.ts";

/** A piece of a line in one colour; `style` is the token's name, as in the table of `language.ts`. */
export interface StyledText {
  readonly text: string;
  readonly style: string | null;
}

/** Calls of the tokenizer that may take nothing, one after the other: only the end of a string that was left open does that. */
const MAX_EMPTY_TOKENS = 10;

/** The lines of a source with their tokens: the same tokens as in the editor, without loading one. */
export function highlightLines(source: string): StyledText[][] {
  const state = startState();
  return source.split("\n").map((line) => {
    const stream = new LineStream(line);
    const pieces: { text: string; style: string | null }[] = [];
    for (let empty = 0; !stream.eol() && empty < MAX_EMPTY_TOKENS;) {
      stream.start = stream.pos;
      const style = token(stream, state);
      if (stream.pos === stream.start) {
        empty++;
        continue;
      }
      empty = 0;
      const last = pieces.at(-1);
      if (last !== undefined && last.style === style) last.text += stream.current();
      else pieces.push({ text: stream.current(), style });
    }
    if (!stream.eol()) pieces.push({ text: line.slice(stream.pos), style: null });
    return pieces;
  });
}
