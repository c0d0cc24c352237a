import { decodeShare, type SharedProject } from "@playground/share";
import type { SharedLink } from "./shared-link.ts";
import { fetchShortLink } from "./short-links.ts";

/** Reads the project. @throws {ShareError} or {ShortLinkError} */
export async function openSharedLink(link: SharedLink): Promise<SharedProject> {
  return link.kind === "long" ? decodeShare(link.text) : fetchShortLink(link.id);
}
