import { msg, str } from "@lit/localize";
import { LUAU_VERSION } from "@playground/luau-wasm";

/** Which playground and which Luau this is, in the reader's language. */
export function versionText(): string {
  return msg(str`Version ${__PLAYGROUND_VERSION__}, Luau ${LUAU_VERSION}`, { id: "version" });
}
