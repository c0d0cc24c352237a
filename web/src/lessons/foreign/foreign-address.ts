import { lessonFileName } from "@playground/lessons";
import { isLoopbackHost } from "@playground/network";

/** Characters of a lesson's address: a project carries it as a setting, and the share format has no longer ones. */
export const MAX_ADDRESS_CHARS = 256;

/** How lessons that come with the page are named: `programs-that-talk/bytes`. Nothing that begins with a scheme is among them. */
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** Why an address leads to no lesson, before anything is asked of it. */
export type AddressFault =
  | "no-address"
  /** Another one than http or https. */
  | "scheme"
  /** A name in front of the host, which may look like one. */
  | "name"
  | "too-long"
  /** `http:` from a page that came by `https:`: browsers refuse it. */
  | "mixed";

/** Whether a lesson's id is an address elsewhere, right or wrong, and not one of the page's own lessons. */
export function isForeign(lesson: string): boolean {
  return SCHEME.test(lesson);
}

/** The address as it is asked for and kept, or what is wrong with it. */
export function foreignAddress(lesson: string, page: Pick<Location, "protocol">): { readonly address: string } | { readonly fault: AddressFault } {
  const url = parsed(lesson);
  if (url === undefined) return { fault: "no-address" };
  if (url.protocol !== "http:" && url.protocol !== "https:") return { fault: "scheme" };
  if (url.username !== "" || url.password !== "") return { fault: "name" };
  url.hash = "";
  if (url.href.length > MAX_ADDRESS_CHARS) return { fault: "too-long" };
  // Browsers take loopback for safe.
  if (page.protocol === "https:" && url.protocol === "http:" && !isLoopbackHost(url.hostname)) return { fault: "mixed" };
  return { address: url.href };
}

/** Where a lesson comes from, as it is shown: `https://example.com`. Names in other letters are spelled in Latin ones, so that none passes for another. */
export function originOf(address: string): string {
  return parsed(address)?.origin ?? address;
}

/** The folder that an address lies in: whoever writes there writes all of it. */
export function folderOf(address: string): string {
  return new URL(".", address).href;
}

/** The address of another lesson of the same course. */
export function addressBeside(address: string, fileName: string): string {
  return new URL(fileName, folderOf(address)).href;
}

/** The id of another lesson of the same course, by its name there. */
export function lessonIn({ id, course }: { readonly id: string; readonly course: { readonly id: string } }, name: string): string {
  return isForeign(id) ? addressBeside(id, lessonFileName(name)) : `${course.id}/${name}`;
}

/** Whether an address is one of this computer: a preview's. */
export function isOfThisComputer(address: string): boolean {
  return isLoopbackHost(parsed(address)?.hostname ?? "");
}

function parsed(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
