import type { Capture, CaptureErrorCode } from "@playground/capture";
import { Model } from "../ui/model.ts";

/** Where a saved capture is from. */
export type SavedOrigin =
  /** A link, or an archive: what the project's programs did when it was shared. */
  | { readonly kind: "link" }
  /** A file. `packets`: another program's packets, which know no scripts. `isCut`: there were more of them than are shown. */
  | { readonly kind: "file"; readonly name: string; readonly from: "events" | "packets"; readonly isCut: boolean };

/** Why one could not be opened; `unreadable`: the file could not be read at all. */
export type SavedFault = CaptureErrorCode | "unreadable";

/**
 * The capture that the reader has opened again, beside the one of the page's own programs. It is shown until programs run or the reader
 * goes back, and stays at hand until it is put away.
 */
export class SavedCapture extends Model {
  #origin: SavedOrigin | undefined;
  #capture: Capture | undefined;
  #fault: SavedFault | undefined;
  #isShown = false;

  /** Undefined where none is open. One that comes by a link is known before it is read. */
  get origin(): SavedOrigin | undefined {
    return this.#origin;
  }

  get capture(): Capture | undefined {
    return this.#capture;
  }

  /** Whether it is shown in the place of the live one. */
  get isShown(): boolean {
    return this.#isShown && this.#capture !== undefined;
  }

  /** Why the last one could not be opened. */
  get fault(): SavedFault | undefined {
    return this.#fault;
  }

  /** One is about to be opened. */
  announce(origin: SavedOrigin): void {
    this.#set(origin, undefined, undefined, false);
  }

  open(origin: SavedOrigin, capture: Capture): void {
    this.#set(origin, capture, undefined, true);
  }

  /** What was to be opened is no capture; one that is open stays. */
  fail(fault: SavedFault): void {
    if (this.#capture === undefined) this.#origin = undefined;
    this.#fault = fault;
    this.changed();
  }

  dismissFault(): void {
    this.#fault = undefined;
    this.changed();
  }

  show(): void {
    this.#isShown = true;
    this.changed();
  }

  /** Shows the live capture; the saved one stays at hand. */
  setAside(): void {
    if (!this.#isShown) return;
    this.#isShown = false;
    this.changed();
  }

  putAway(): void {
    this.#set(undefined, undefined, undefined, false);
  }

  #set(origin: SavedOrigin | undefined, capture: Capture | undefined, fault: SavedFault | undefined, isShown: boolean): void {
    this.#origin = origin;
    this.#capture = capture;
    this.#fault = fault;
    this.#isShown = isShown;
    this.changed();
  }
}
