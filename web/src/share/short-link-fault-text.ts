import { msg } from "@lit/localize";
import type { ShortLinkFault } from "./short-links.ts";

/** Why there is no short link, in the reader's words. */
export function shortLinkFaultText(fault: ShortLinkFault): string {
  switch (fault) {
    case "unreachable":
      return msg("The bridge is unreachable. Try again when it is back; long links work without it.", { id: "short-fault-unreachable" });
    case "not-found":
      return msg("The bridge has no project under this link.", { id: "short-fault-not-found" });
    case "too-many":
      return msg("Too many short links were created or opened from your address. Wait a moment and try again.", { id: "short-fault-too-many" });
    case "too-large":
      return msg("The project is too large for a short link. Export it as a file instead.", { id: "short-fault-too-large" });
    case "full":
      return msg("The bridge has no space left for short links. The long link works without it.", { id: "short-fault-full" });
    case "refused":
      return msg("The bridge refused to create a short link.", { id: "short-fault-refused" });
  }
}
