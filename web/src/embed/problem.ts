import { msg, str } from "@lit/localize";
import type { FileLoadError } from "./inline-files.ts";
import type { BridgeRefusal } from "./runtime.ts";

/** Why an element does not do what it should. */
export type Problem =
  | { readonly kind: BridgeRefusal }
  | { readonly kind: "file"; readonly error: FileLoadError }
  | { readonly kind: "part"; readonly reason: string }
  | { readonly kind: "share"; readonly reason: string };

/** A problem in the reader's words. `bridge` is the origin of the element's bridge, `script` where its parts come from. */
export function problemText(problem: Problem, { bridge, script }: { readonly bridge: string; readonly script: string }): string {
  switch (problem.kind) {
    case "unreachable":
      return msg(str`The bridge at ${bridge} does not answer, so nothing can be run. Check that it is running, and that this page may reach it.`, { id: "embed-unreachable" });
    case "not-allowed":
      return msg(str`The bridge at ${bridge} does not let pages of ${location.origin} run programs. Whoever runs the bridge can allow it:`, { id: "embed-not-allowed" });
    case "password-required":
      return msg("This room has a password.", { id: "failure-password-required" });
    case "file":
      return msg(str`The file ${problem.error.address} could not be loaded: ${problem.error.reason}.`, { id: "embed-file-not-loaded" });
    case "share":
      return msg(str`The link with the code is damaged: ${problem.reason}.`, { id: "embed-bad-share" });
    case "part":
      return msg(str`The editor could not be loaded from ${script}: ${problem.reason}. Run tries again.`, { id: "embed-not-loaded" });
  }
}
