import { msg, str } from "@lit/localize";
import { LUAU_VERSION } from "@playground/luau-wasm";

/** What follows the playground's version where its build knew the commit, ` (4390acb)`; else nothing. */
export function commitText(): string {
  const commit = document.querySelector<HTMLMetaElement>('meta[name="commit"]')?.content ?? "";
  return commit === "" ? "" : ` (${commit})`;
}

/** Which playground and which Luau this is, in the reader's language. */
export function versionText(): string {
  return msg(str`Version ${__PLAYGROUND_VERSION__ + commitText()}, Luau ${LUAU_VERSION}`, { id: "version" });
}
