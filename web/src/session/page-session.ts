import type { NetworkErrorCode, NetworkFailure } from "@playground/network";
import type { ClientSession, RoomNews, SessionInfo } from "@playground/wire/client";
import { Model } from "../ui/model.ts";
import { retryDelay } from "./backoff.ts";
import { answersHttp } from "./reach.ts";
import { WebSocketSession } from "./websocket-session.ts";

export type BridgeState =
  | { readonly kind: "connecting" }
  | { readonly kind: "connected"; readonly info: SessionInfo }
  /** The WebSocket was cut. Until `until`, by `Date.now()`, the bridge keeps everything as it is, and the session may come back. */
  | { readonly kind: "reconnecting"; readonly info: SessionInfo; readonly until: number }
  /** The room has a password, and the one that was sent, if any, is not it. `enter` tries another. */
  | { readonly kind: "locked"; readonly failure: NetworkFailure }
  /**
   * `retryAt` is the time of the next attempt by `Date.now()`; undefined while one is being made. `isBlocked`: the bridge answers over
   * HTTP, and no WebSocket gets through to it.
   */
  | { readonly kind: "lost"; readonly failure: NetworkFailure; readonly retryAt: number | undefined; readonly isBlocked: boolean };

/** Who follows what the bridge tells of the room. */
export interface RoomFollower {
  /** A session has begun, and can be asked. */
  begin(session: ClientSession): void;
  take(news: RoomNews): void;
  /** The session is over, and with it all that was known. */
  end(): void;
}

/** Milliseconds for which a cut is not worth a word: most are over by then, and a notice that flashes helps nobody. */
export const UNNOTICED_CUT_MS = 700;

/** Attempts that fail before it is looked whether only WebSockets do: the first ones may have met a bridge that was just starting. */
const ATTEMPTS_BEFORE_LOOKING = 2;

/** Failures that no new attempt helps against, but another password. */
const LOCKS: ReadonlySet<NetworkErrorCode> = new Set(["password-required", "wrong-password", "too-many-attempts"]);

/**
 * The page's own session. It carries no stream: it tells whether the bridge is there, and holds the
 * machine's address while no program runs. Outlives its WebSocket as long as the bridge keeps it, and is
 * followed by a new one after that.
 */
export class PageSession extends Model {
  readonly #url: string;
  readonly #machineToken: Uint8Array;
  readonly #password: () => string | undefined;
  readonly #presence: RoomFollower | undefined;
  #state: BridgeState = { kind: "connecting" };
  #session: WebSocketSession | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** Runs while a cut goes unnoticed. */
  #unnoticed: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;

  /** `password` gives the room's, as far as this page knows it; `presence` is told of who is there. */
  constructor(options: {
    readonly url: string;
    readonly machineToken: Uint8Array;
    readonly password?: () => string | undefined;
    readonly presence?: RoomFollower;
  }) {
    super();
    this.#password = options.password ?? (() => undefined);
    this.#presence = options.presence;
    this.#url = options.url;
    this.#machineToken = options.machineToken;
    // A laptop that wakes up, or a network that is back, should not wait for the timer.
    addEventListener("online", () => this.retryNow());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.retryNow();
    });
  }

  /** Where the bridge is, as `http://host:port`. */
  get origin(): string {
    return new URL(this.#url.replace(/^ws/, "http")).origin;
  }

  /** `ws:` or `wss:` address of the room. */
  get url(): string {
    return this.#url;
  }

  get state(): BridgeState {
    return this.#state;
  }

  connect(): void {
    clearTimeout(this.#retry);
    // While attempts fail one after the other, the page goes on saying "lost": "connecting" in between would flicker.
    this.#set(this.#state.kind === "lost" ? { ...this.#state, retryAt: undefined } : { kind: "connecting" });
    const password = this.#password();
    const session = new WebSocketSession({
      url: this.#url,
      machineToken: this.#machineToken,
      ...(password !== undefined && { password }),
      onRoomNews: (news) => {
        if (session === this.#session) this.#presence?.take(news);
      },
      onReady: (info) => {
        if (session !== this.#session) return;
        this.#attempt = 0;
        this.#presence?.begin(session.client);
        this.#set({ kind: "connected", info });
      },
      onInterrupted: (graceMs) => {
        if (session === this.#session) this.#interrupted(Date.now() + graceMs);
      },
      onResumed: () => {
        if (session !== this.#session) return;
        clearTimeout(this.#unnoticed);
        if (this.#state.kind === "reconnecting") this.#set({ kind: "connected", info: this.#state.info });
      },
      onEnded: (failure) => {
        if (session === this.#session) this.#lost(failure);
      },
    });
    this.#session = session;
  }

  /** Ends the session of another program of this page, which cannot do it itself. */
  endSession(id: Uint8Array): void {
    this.#session?.client.endSession(id);
  }

  /** Tries again at once, when the bridge is lost or the session interrupted. */
  retryNow(): void {
    this.#session?.client.reconnectNow();
    if (this.#state.kind === "lost" && this.#state.retryAt !== undefined) this.connect();
  }

  close(): void {
    this.#letGo()?.close();
  }

  /**
   * The page goes away. WebKit ends its workers without closing their WebSockets, and often before they have heard of it: the
   * bridge would keep their sockets for the grace time if nobody told it.
   */
  leave(): void {
    const session = this.#letGo();
    if (session === undefined) return;
    session.leave();
    // Only a page that the browser has kept comes back, by "back".
    addEventListener("pageshow", () => this.connect(), { once: true });
  }

  #letGo(): WebSocketSession | undefined {
    clearTimeout(this.#retry);
    clearTimeout(this.#unnoticed);
    const session = this.#session;
    this.#session = undefined;
    return session;
  }

  #interrupted(until: number): void {
    this.#unnoticed = setTimeout(() => {
      if (this.#state.kind === "connected") this.#set({ kind: "reconnecting", info: this.#state.info, until });
    }, UNNOTICED_CUT_MS);
  }

  #lost(failure: NetworkFailure): void {
    clearTimeout(this.#unnoticed);
    this.#presence?.end();
    if (LOCKS.has(failure.code)) {
      this.#set({ kind: "locked", failure });
      return;
    }
    const delay = retryDelay(this.#attempt++);
    const isBlocked = this.#state.kind === "lost" && this.#state.isBlocked;
    this.#set({ kind: "lost", failure, retryAt: Date.now() + delay, isBlocked });
    if (failure.code === "bridge-lost" && this.#attempt >= ATTEMPTS_BEFORE_LOOKING) void this.#lookWhetherBlocked();
    this.#retry = setTimeout(() => this.connect(), delay);
  }

  async #lookWhetherBlocked(): Promise<void> {
    const isBlocked = await answersHttp(this.origin);
    if (this.#state.kind === "lost" && this.#state.isBlocked !== isBlocked) this.#set({ ...this.#state, isBlocked });
  }

  #set(state: BridgeState): void {
    this.#state = state;
    this.changed();
  }
}
