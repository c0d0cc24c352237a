import { msg, str } from "@lit/localize";
import { html, type TemplateResult } from "lit";
import type { FileLoadError } from "./inline-files.ts";
import type { BridgeRefusal } from "./runtime.ts";

/** Why an element does not do what it should. */
export type Problem =
  | { readonly kind: BridgeRefusal }
  | { readonly kind: "file"; readonly error: FileLoadError }
  | { readonly kind: "part"; readonly reason: string }
  /** The browser opens no tab here. */
  | { readonly kind: "no-tab"; readonly link: string }
  /** The code is too large for a link. */
  | { readonly kind: "too-large" }
  | { readonly kind: "share"; readonly reason: string };

/** What mends a problem, to be copied: what the author of the page can write, or a link for the reader. Undefined where that is not one thing. */
function remedy(problem: Problem): string | undefined {
  switch (problem.kind) {
    case "no-tab":
      return problem.link;
    case "not-allowed":
      return `--embed-origin ${location.origin}`;
    case "sandboxed":
      return 'sandbox="allow-scripts allow-same-origin"';
    case "from-file":
      return "python3 -m http.server";
    default:
      return undefined;
  }
}

/** A problem under an element's code; the password of a room is asked for in another way. `text`: as `problemText` has it. */
export function renderProblem(problem: Problem | undefined, text: (problem: Problem) => string): TemplateResult | string {
  if (problem === undefined || problem.kind === "password-required") return "";
  const mends = remedy(problem);
  return html`<p class="problem" role="alert" data-testid="problem">${text(problem)}${mends === undefined ? "" : html`<br /><code>${mends}</code>`}</p>`;
}

/** Characters of an impossible name that are shown. */
const MAX_SHOWN_ROOM = 64;

/** A problem in the reader's words. `bridge` is the origin of the element's bridge, `room` what the page calls its room, `script` where its parts come from. */
export function problemText(problem: Problem, { bridge, room, script }: { readonly bridge: string; readonly room: string; readonly script: string }): string {
  switch (problem.kind) {
    case "unreachable":
      return msg(
        str`The bridge at ${bridge} is unreachable, so programs cannot run now. Try again later; if that does not help, tell the author of this page.`,
        { id: "embed-unreachable" },
      );
    case "not-allowed":
      return msg(str`The bridge at ${bridge} does not let pages of ${location.origin} run programs. Whoever runs the bridge can allow it:`, {
        id: "embed-not-allowed",
      });
    case "sandboxed":
      return msg("The code is in a sandboxed frame, where programs cannot run. The author of the page can allow it:", { id: "embed-sandboxed" });
    case "from-file":
      return msg(
        "This page was opened from a file, and browsers do not let such pages connect to a bridge. The author of the page can serve it over HTTP, for example with:",
        { id: "embed-from-file" },
      );
    case "bad-room":
      return msg(str`The page names the room "${room.slice(0, MAX_SHOWN_ROOM)}", which is not a valid room name: up to 64 letters, digits, - and _.`, {
        id: "embed-bad-room",
      });
    case "password-required":
      return msg("This room has a password.", { id: "failure-password-required" });
    case "file":
      return msg(str`The file ${problem.error.address} could not be loaded: ${problem.error.reason}.`, { id: "embed-file-not-loaded" });
    case "no-tab":
      return msg("The browser does not open a new tab from here. Copy the link and open it yourself:", { id: "embed-no-tab" });
    case "too-large":
      return msg("The code is too large for a link, so it cannot be opened in the playground.", { id: "embed-too-large" });
    case "share":
      return msg(str`The link with the code is damaged: ${problem.reason}.`, { id: "embed-bad-share" });
    case "part":
      return msg(str`The editor could not be loaded from ${script}: ${problem.reason}. Press Run to try again.`, { id: "embed-not-loaded" });
  }
}
