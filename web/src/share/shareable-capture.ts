import type { CapturedRun, CaptureEvent } from "@playground/capture";
import { captureText, MAX_CAPTURE_BYTES, ShareError } from "@playground/share";
import { nextTurn } from "../ui/next-turn.ts";

/** A capture as a link holds it. */
export interface ShareableCapture {
  readonly text: string;
  /** The oldest, for which there was no room. */
  readonly leftOut: number;
}

/** What becomes of ports and connections: without its beginning the rest of one means nothing. */
const BEGINNINGS: ReadonlySet<CaptureEvent["type"]> = new Set(["program", "listen", "listening", "connect", "opened", "accepted"]);

/** Looks for the most events that fit: each is half of what was still in question, so that this is exact for as many as a capture has. */
const MAX_LOOKS = 17;

/** The newest events that a link has room for, with the beginnings of connections. Undefined where not even those fit. */
export async function shareableCapture(
  runs: readonly CapturedRun[],
  encode: (runs: readonly CapturedRun[]) => Uint8Array,
): Promise<ShareableCapture | undefined> {
  const order = runs.flatMap(({ events }) => events).sort((one, other) => other.at - one.at);
  // More than their bytes alone need never fits, and is not tried.
  let [fitting, most] = [0, countWithin(order, MAX_CAPTURE_BYTES)];
  let best: ShareableCapture | undefined;
  for (let look = 0, count = most; look < MAX_LOOKS && count >= fitting; look++) {
    const kept = new Set(order.slice(0, count));
    const chosen = runs.map((run) => ({ ...run, events: run.events.filter((event) => kept.has(event) || BEGINNINGS.has(event.type)) }));
    const text = textOf(encode(chosen));
    if (text === undefined) most = count - 1;
    else {
      best = { text, leftOut: order.length - chosen.reduce((sum, { events }) => sum + events.length, 0) };
      fitting = count + 1;
    }
    if (fitting > most) break;
    count = Math.ceil((fitting + most) / 2);
    await nextTurn();
  }
  return best;
}

/** How many of the newest events have so many bytes of pieces at most. */
function countWithin(newestFirst: readonly CaptureEvent[], limit: number): number {
  let bytes = 0;
  const over = newestFirst.findIndex((event) => {
    if (event.type === "send" || event.type === "arrive") bytes += event.bytes.length;
    return bytes > limit;
  });
  return over === -1 ? newestFirst.length : over;
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return captureText(bytes);
  } catch (error) {
    if (error instanceof ShareError) return undefined;
    throw error;
  }
}
