import type { NetworkFailure, SessionInfo } from "@playground/wire";
import { Model } from "../app/model.ts";
import { retryDelay } from "./backoff.ts";
import { SessionSocket } from "./session-socket.ts";

export type BridgeState =
  | { readonly kind: "connecting" }
  | { readonly kind: "connected"; readonly info: SessionInfo }
  /** `retryAt` is the time of the next attempt by `Date.now()`; undefined while one is being made. */
  | { readonly kind: "lost"; readonly failure: NetworkFailure; readonly retryAt: number | undefined };

/**
 * The page's own session. It carries no stream: it tells whether the bridge is there, and holds the
 * machine's address while no program runs. Comes back by itself after it was lost.
 */
export class BridgeLink extends Model {
  readonly #url: string;
  readonly #machineToken: Uint8Array;
  #state: BridgeState = { kind: "connecting" };
  #socket: SessionSocket | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;

  constructor(options: { readonly url: string; readonly machineToken: Uint8Array }) {
    super();
    this.#url = options.url;
    this.#machineToken = options.machineToken;
    // A laptop that wakes up, or a network that is back, should not wait for the timer.
    addEventListener("online", () => this.retryNow());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.retryNow();
    });
  }

  get state(): BridgeState {
    return this.#state;
  }

  connect(): void {
    clearTimeout(this.#retry);
    // While attempts fail one after the other, the page goes on saying "lost": "connecting" in between would flicker.
    this.#set(this.#state.kind === "lost" ? { ...this.#state, retryAt: undefined } : { kind: "connecting" });
    const socket = new SessionSocket({
      url: this.#url,
      machineToken: this.#machineToken,
      onReady: (info) => {
        if (socket !== this.#socket) return;
        this.#attempt = 0;
        this.#set({ kind: "connected", info });
      },
      onEnded: (failure) => {
        if (socket === this.#socket) this.#lost(failure);
      },
    });
    this.#socket = socket;
  }

  /** Ends the session of another program of this page, which cannot do it itself. */
  endSession(id: Uint8Array): void {
    this.#socket?.session.endSession(id);
  }

  /** Tries again at once, when the bridge is lost. */
  retryNow(): void {
    if (this.#state.kind === "lost" && this.#state.retryAt !== undefined) this.connect();
  }

  close(): void {
    clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #lost(failure: NetworkFailure): void {
    const delay = retryDelay(this.#attempt++);
    this.#set({ kind: "lost", failure, retryAt: Date.now() + delay });
    this.#retry = setTimeout(() => this.connect(), delay);
  }

  #set(state: BridgeState): void {
    this.#state = state;
    this.changed();
  }
}
