import type { NetworkFailure } from "@playground/network";
import type { ClientAccount } from "../client/client-account.ts";
import type { Place, WaitingPlaces } from "../client/waiting-places.ts";
import { failure } from "@playground/tcp";

/** The time between a WebSocket's upgrade and its client's INFO, which an address has only so many places for. */
export class Handshake {
  readonly #places: WaitingPlaces;
  readonly #account: ClientAccount;
  readonly #refuse: (failure: NetworkFailure) => void;
  #timer: NodeJS.Timeout | undefined;
  #place: Place | undefined;

  /** `refuse` is called when the client was silent for too long, or when others are at the door and it was silent longest. */
  constructor(places: WaitingPlaces, account: ClientAccount, refuse: (failure: NetworkFailure) => void) {
    this.#places = places;
    this.#account = account;
    this.#refuse = refuse;
  }

  /** Waits for INFO. */
  start(timeoutMs: number): void {
    const place = this.#places.take(this.#account, this.#refuse);
    if ("code" in place) {
      this.#refuse(place);
      return;
    }
    this.#place = place;
    this.#timer = setTimeout(() => this.#refuse(failure("timed-out", `The client sent no INFO within ${timeoutMs / 1000} seconds.`)), timeoutMs);
  }

  /** INFO has come, or the session is over. May be called more than once. */
  end(): void {
    clearTimeout(this.#timer);
    this.#place?.leave();
  }
}
