import { randomRoomName, roomOf } from "./page-url.ts";

/** Milliseconds to wait for the bridge, which has just served this page: whoever waits longer is better off in a room of their own. */
const LIMIT_MS = 3_000;

/**
 * The room for a page whose address names none, such as one by a short link: the one that the bridge's own address leads to. With
 * `--room` that is the room in which the class meets. Where the bridge does not answer, a new one.
 */
export async function roomOfBridge(): Promise<string> {
  try {
    const { url } = await fetch("/", { method: "HEAD", signal: AbortSignal.timeout(LIMIT_MS) });
    return roomOf(new URL(url)) ?? randomRoomName();
  } catch {
    return randomRoomName();
  }
}
