import { html, type TemplateResult } from "lit";
import type { Place } from "../editor/language/service.ts";
import type { Playground } from "./playground.ts";

/** All dialogs of the page but those of a part of their own. `openPlace` is called where a problem leads into the code. */
export function pageDialogs(playground: Playground, openPlace: (event: CustomEvent<Place>) => Promise<void>): TemplateResult {
  return html`
    <zp-room-panel .page=${playground}></zp-room-panel>
    <zp-password-dialog .page=${playground}></zp-password-dialog>
    <zp-file-dialog .page=${playground}></zp-file-dialog>
    <zp-share-dialog .page=${playground}></zp-share-dialog>
    <zp-projects-dialog .page=${playground}></zp-projects-dialog>
    <zp-examples-dialog .page=${playground}></zp-examples-dialog>
    <zp-check-mode-dialog .page=${playground}></zp-check-mode-dialog>
    <zp-problems-dialog .page=${playground} @open-place=${openPlace}></zp-problems-dialog>
    <zp-reference-dialog></zp-reference-dialog>
    <zp-shortcuts-dialog .playground=${playground}></zp-shortcuts-dialog>`;
}
