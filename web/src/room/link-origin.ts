import { isLoopbackHost } from "@playground/network";

/** Milliseconds to wait for the bridge's answer. */
const LIMIT_MS = 3_000;

let forOthers: readonly string[] = [];

/** Whether a link with this page's own address is of no use to anyone else: each computer means itself by it. */
export function isOnlyHere(): boolean {
  return isLoopbackHost(location.hostname);
}

/**
 * What links that this page gives out can begin with, the likeliest first: addresses by which other computers reach the bridge. Its own
 * address, where that leads others here too, or where the bridge listens to nobody else.
 */
export function linkOrigins(): readonly string[] {
  return forOthers.length > 0 ? forOthers : [location.origin];
}

/** Asks the bridge by which addresses others reach it, which it tells its own computer. */
export async function askForOrigins(): Promise<void> {
  if (!isOnlyHere()) return;
  try {
    const answer = await fetch("/healthz", { signal: AbortSignal.timeout(LIMIT_MS) });
    const { links }: { readonly links?: unknown } = await answer.json();
    forOthers = Array.isArray(links) ? links.map((link) => new URL(String(link)).origin) : [];
  } catch {
    // The bridge is away: what it has told before is as good as anything.
  }
}

/** The link to a room, for others. */
export function roomLink(room: string, origin: string | undefined = linkOrigins()[0]): string {
  return `${origin ?? location.origin}/room/${encodeURIComponent(room)}/`;
}
