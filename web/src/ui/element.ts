import { updateWhenLocaleChanges } from "@lit/localize";
import { type CSSResultGroup, LitElement } from "lit";
import { sharedStyles } from "./shared-styles.ts";

/** Every component of the page: drawn anew when the language changes, with the page's common styles. */
export abstract class PlaygroundElement extends LitElement {
  static override styles: CSSResultGroup = sharedStyles;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }
}
