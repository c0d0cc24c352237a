import { html, type TemplateResult } from "lit";
import type { Place } from "../editor/language/service.ts";
import type { Playground } from "./playground.ts";

/** The dialogs of the page, which are here once the first of them was wanted. `onOpenPlace`: one of them leads to a place in a file. */
export function renderDialogs(playground: Playground, onOpenPlace: (event: CustomEvent<Place>) => Promise<void>): TemplateResult {
  return html`
    <zp-room-panel .page=${playground}></zp-room-panel>
    <zp-password-dialog .page=${playground}></zp-password-dialog>
    <zp-file-dialog .page=${playground}></zp-file-dialog>
    <zp-share-dialog .page=${playground}></zp-share-dialog>
    <zp-projects-dialog .page=${playground}></zp-projects-dialog>
    <zp-examples-dialog .page=${playground}></zp-examples-dialog>
    <zp-check-mode-dialog .page=${playground}></zp-check-mode-dialog>
    <zp-problems-dialog .page=${playground} @open-place=${onOpenPlace}></zp-problems-dialog>
    <zp-reference-dialog></zp-reference-dialog>
    <zp-shortcuts-dialog .playground=${playground}></zp-shortcuts-dialog>`;
}
