import { shareTextOf } from "@playground/share";
import { decoded } from "../room/page-url.ts";

const SHORT_PATH = /^\/s\/([^/]*)/i;

const ESCAPED_HASH = /%23share.*$/s;

/** What an id is made of; a chat may have put something behind it. */
const ID = /^[0-9A-Za-z]+/;

/** A link to a shared project, as the page's own address. */
export type SharedLink = { readonly kind: "long"; readonly text: string } | { readonly kind: "short"; readonly id: string };

/** The shared project that an address leads to; undefined when it leads to none. */
export function sharedLinkOf({ pathname, hash }: Pick<Location, "pathname" | "hash">): SharedLink | undefined {
  // Some programs escape the # of a link that they pass on, and with it everything behind is the path's.
  const text = shareTextOf(hash) ?? shareTextOf(ESCAPED_HASH.exec(pathname)?.[0].replace("%23", "#") ?? "");
  if (text !== undefined) return { kind: "long", text };
  const name = SHORT_PATH.exec(pathname)?.[1];
  return name === undefined ? undefined : { kind: "short", id: ID.exec(decoded(name))?.[0] ?? "" };
}
