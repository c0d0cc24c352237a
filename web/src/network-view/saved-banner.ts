import { msg, str } from "@lit/localize";
import { plainText } from "@playground/safe-text";
import { html, nothing, type TemplateResult } from "lit";
import type { SavedCapture, SavedOrigin } from "../capture/saved-capture.ts";
import { closeIcon } from "../ui/icons.ts";
import { captureFaultText } from "./capture-fault-text.ts";

/**
 * Says that what is shown is a saved capture, or that one is at hand, or why one could not be opened. `focus`: a button was pressed
 * that is gone now; the focus belongs on the one with this name in the tests, or, without one, back to what is shown.
 */
export function savedBanner(saved: SavedCapture, focus: (testId?: string) => void): TemplateResult {
  const { origin, fault, isShown, capture } = saved;
  return html`
    ${
      fault === undefined
        ? nothing
        : html`<p class="banner fault" role="alert" data-testid="capture-fault"><span>${captureFaultText(fault)}</span>${closeButton(() => {
            saved.dismissFault();
            focus();
          })}</p>`
    }
    ${
      origin === undefined || capture === undefined
        ? nothing
        : isShown
          ? html`<p class="banner" data-testid="saved-banner"><span>${shownText(origin)}</span>
              <button class="outlined" data-testid="back-to-live" @click=${() => {
                saved.setAside();
                focus("show-saved");
              }}>${msg("Back to live", { id: "net-back-to-live" })}</button></p>`
          : html`<p class="banner aside" data-testid="saved-aside"><span>${asideText(origin)}</span>
              <button class="outlined" data-testid="show-saved" @click=${() => {
                saved.show();
                focus("back-to-live");
              }}>${msg("Show it again", { id: "net-show-saved" })}</button>${closeButton(() => {
                saved.putAway();
                focus();
              })}</p>`
    }`;
}

function closeButton(close: () => void): TemplateResult {
  const label = msg("Close", { id: "close" });
  return html`<button class="icon" data-testid="close-banner" title=${label} aria-label=${label} @click=${close}>${closeIcon}</button>`;
}

function shownText(origin: SavedOrigin): string {
  if (origin.kind === "link")
    return msg("A saved capture: what the programs did when the project was shared. Run them to see your own.", { id: "net-saved-link" });
  const name = plainText(origin.name);
  const what =
    origin.from === "events"
      ? msg(str`A saved capture: ${name}. Nothing runs here.`, { id: "net-saved-file" })
      : msg(str`A saved capture: ${name}. Its packets are another program's, so there are no lines of scripts.`, { id: "net-saved-packets" });
  return origin.isCut ? `${what} ${msg("It has more packets than fit: these are the first.", { id: "net-saved-cut" })}` : what;
}

function asideText(origin: SavedOrigin): string {
  return origin.kind === "link"
    ? msg("The project came with a capture.", { id: "net-aside-link" })
    : msg(str`Also open: ${plainText(origin.name)}`, { id: "net-aside-file" });
}
