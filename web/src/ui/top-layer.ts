/**
 * Shows and hides a menu above everything else. A menu is a popover where browsers have those (Safari 17, Firefox 125,
 * Chrome 114), which puts it into the top layer and closes it when the reader presses beside it or Escape. Elsewhere it
 * is shown by its attribute `data-shown`, and closed by the same.
 */
export class TopLayer {
  readonly #onClosed: () => void;
  #menu: HTMLElement | undefined;
  #listening: AbortController | undefined;

  /** `onClosed` is called whenever the menu has been closed, by whatever. */
  constructor(onClosed: () => void) {
    this.#onClosed = onClosed;
  }

  show(menu: HTMLElement): void {
    if (this.#menu === menu) return;
    this.#menu = menu;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    menu.toggleAttribute("data-shown", true);
    if ("popover" in menu) {
      menu.popover = "auto";
      // Not "toggle", which comes a task later: a menu that is opened again at once would be taken for closed.
      menu.addEventListener(
        "beforetoggle",
        (event) => {
          if (event.newState === "closed") this.#closed();
        },
        { signal },
      );
      menu.showPopover();
      return;
    }
    // On its way up, so that whoever opened the menu has seen the press already.
    addEventListener(
      "pointerdown",
      (event) => {
        if (!event.composedPath().includes(menu)) this.hide();
      },
      { signal },
    );
    addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Escape") this.hide();
      },
      { signal },
    );
  }

  hide(): void {
    const menu = this.#menu;
    if (menu === undefined) return;
    if ("popover" in menu) menu.hidePopover();
    this.#closed();
  }

  #closed(): void {
    this.#listening?.abort();
    this.#menu?.removeAttribute("data-shown");
    this.#menu = this.#listening = undefined;
    this.#onClosed();
  }
}
