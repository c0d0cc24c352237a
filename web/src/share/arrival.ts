import { FROM_SITE_PARAMETER } from "@playground/network";
import { roomOf } from "../room/page-url.ts";
import { roomOfBridge } from "../room/room-of-bridge.ts";
import type { ProjectStore } from "../library/project-store.ts";
import { fromShared, type StoredProject } from "../library/stored-project.ts";
import { endLoadingScreen } from "../ui/loading-screen.ts";
import { inTime } from "../storage/time-limit.ts";
import { sharedLinkOf } from "./shared-link.ts";

/** Where the page begins: in which room, and with which project if a link has brought one. */
export interface Arrival {
  readonly room: string;
  readonly stored: StoredProject | undefined;
  /** Whether the address led to a shared project, even when that was not opened. */
  readonly isByLink: boolean;
  /** Whether the address was the site's own, which goes on with the last project; a link to a room leads to what was worked on there. */
  readonly isFromSite: boolean;
}

/**
 * Reads the page's address. When it leads to a shared project, the reader is asked first; what is opened becomes a project of the
 * reader's own, and the address that of a room, in the place of the link's, so that neither reload nor "back" asks again. When it
 * leads nowhere, the reader is told so before anything else.
 */
export async function arrive(store: ProjectStore): Promise<Arrival> {
  const link = sharedLinkOf(location);
  const addressed = roomOf(location);
  const isFromSite = isSiteAddress(location);
  if (link === undefined && addressed !== undefined) {
    if (isFromSite) history.replaceState(null, "", location.pathname + location.hash);
    return { room: addressed, stored: undefined, isByLink: false, isFromSite };
  }
  const [here, { SharedArrival }] = await Promise.all([addressed ?? roomOfBridge(), import("./shared-arrival.ts")]);
  const panel = new SharedArrival();
  panel.link = link;
  panel.room = here;
  endLoadingScreen();
  document.body.append(panel);
  const { project, joinsRoom } = await panel.decided;
  panel.remove();
  const room = joinsRoom ? (project?.room ?? here) : here;
  history.replaceState(null, "", `/room/${encodeURIComponent(room)}/`);
  if (project === undefined) return { room, stored: undefined, isByLink: link !== undefined, isFromSite };
  const stored = { ...fromShared(project, room), revision: 1 };
  // Where nothing can be kept, or no more of it, the page says so as soon as something is changed.
  await inTime(store.write(stored).catch(() => false));
  return { room, stored, isByLink: true, isFromSite };
}

/** Whether an address is the site's, or the bridge has led on from there. */
export function isSiteAddress({ pathname, search }: Pick<Location, "pathname" | "search">): boolean {
  return pathname === "/" || new URLSearchParams(search).has(FROM_SITE_PARAMETER);
}

/** A link to a shared project that comes to a page which is open already: the page begins anew with it, after saving. */
export function followLinks(beforeLeaving: () => Promise<void>): void {
  addEventListener("hashchange", () => {
    if (sharedLinkOf(location)?.kind === "long") void beforeLeaving().then(() => location.reload());
  });
}
