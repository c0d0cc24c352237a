import { isLoopbackHost } from "@playground/network";
import { Model } from "../ui/model.ts";

/** Milliseconds to wait for the bridge's answer. */
const LIMIT_MS = 3_000;

/** What links that this page gives out begin with. */
class LinkOrigins extends Model {
  #forOthers: readonly string[] = [];

  /** Whether a link with this page's own address is of no use to anyone else: each computer means itself by it. */
  get isOnlyHere(): boolean {
    return isLoopbackHost(location.hostname);
  }

  /**
   * The likeliest first: addresses by which other computers reach the bridge. The page's own, where that leads others here too, or where the
   * bridge listens to nobody else.
   */
  get all(): readonly string[] {
    return this.#forOthers.length > 0 ? this.#forOthers : [location.origin];
  }

  /** Asks the bridge by which addresses others reach it, which it tells its own computer. */
  async ask(): Promise<void> {
    if (!this.isOnlyHere) return;
    try {
      const answer = await fetch("/healthz", { signal: AbortSignal.timeout(LIMIT_MS) });
      const { links }: { readonly links?: unknown } = await answer.json();
      this.#forOthers = Array.isArray(links) ? links.map((link) => new URL(String(link)).origin) : [];
      this.changed();
    } catch {
      // The bridge is away: what it has told before is as good as anything.
    }
  }
}

export const linkOrigins = new LinkOrigins();

/** The link to a room, for others. */
export function roomLink(room: string, origin = linkOrigins.all[0] ?? location.origin): string {
  return `${origin}/room/${encodeURIComponent(room)}/`;
}
