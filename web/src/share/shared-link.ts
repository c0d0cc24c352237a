import { shareTextOf } from "@playground/share";

const SHORT_PATH = /^\/s\/([^/]+)\/?$/;

/** A link to a shared project, as the page's own address. */
export type SharedLink =
  | { readonly kind: "long"; readonly text: string }
  | { readonly kind: "short"; readonly id: string };

/** The shared project that an address leads to; undefined when it leads to none. */
export function sharedLinkOf({ pathname, hash }: Pick<Location, "pathname" | "hash">): SharedLink | undefined {
  const text = shareTextOf(hash);
  if (text !== undefined) return { kind: "long", text };
  const id = SHORT_PATH.exec(pathname)?.[1];
  return id === undefined ? undefined : { kind: "short", id };
}
