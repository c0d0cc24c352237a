import { CHECKED_TEXT_BYTES } from "../limits.ts";

/** A text, and what the storage said of it when it was read: another state is another text. */
interface CheckedText {
  readonly text: Buffer;
  readonly state: string;
}

/** Texts of projects whose hash has been found to be their id, those used last: a large one takes some milliseconds to be read and hashed. */
export class CheckedTexts {
  readonly #texts = new Map<string, CheckedText>();
  #bytes = 0;

  /** The text that was checked in this state; any other is forgotten. */
  get(id: string, state: string): Buffer | undefined {
    const known = this.#texts.get(id);
    if (known === undefined) return undefined;
    this.#texts.delete(id);
    if (known.state !== state) {
      this.#bytes -= known.text.length;
      return undefined;
    }
    // To the end: the first is the one that was used longest ago.
    this.#texts.set(id, known);
    return known.text;
  }

  add(id: string, text: Buffer, state: string): void {
    this.delete(id);
    if (text.length > CHECKED_TEXT_BYTES) return;
    this.#texts.set(id, { text, state });
    this.#bytes += text.length;
    for (const [oldest] of this.#texts) {
      if (this.#bytes <= CHECKED_TEXT_BYTES) return;
      this.delete(oldest);
    }
  }

  delete(id: string): void {
    this.#bytes -= this.#texts.get(id)?.text.length ?? 0;
    this.#texts.delete(id);
  }
}
