import { nextTurn } from "./next-turn.ts";

/** Milliseconds after which nobody waits for a picture any more: hidden tabs draw none. */
const LIMIT_MS = 100;

/** Resolves when the browser has drawn what is in the document by now, and has done what came with that, such as a click. */
export async function nextPicture(): Promise<void> {
  await new Promise<void>((resolve) => {
    requestAnimationFrame(() => resolve());
    setTimeout(resolve, LIMIT_MS);
  });
  await nextTurn();
}
