import type { NetworkFailure } from "@playground/network";
import { ClientSession, type SessionInfo, type TransportEvents } from "../src/client/index.ts";
import { decodeClientMetadata, decodePacket, DEFAULT_WINDOW_BYTES, encodeBridgeMetadata, encodePacket, type Packet, PacketType } from "../src/codec/index.ts";
import { ListenerRecorder, StreamRecorder } from "./recorder.ts";

/** A clock that stands still until it is told to go on. */
export class ManualClock {
  #now = 0;
  #timers: { at: number; callback: () => void }[] = [];

  readonly schedule = (callback: () => void, delayMs: number): (() => void) => {
    const timer = { at: this.#now + delayMs, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  get pending(): number {
    return this.#timers.length;
  }

  advance(milliseconds: number): void {
    const until = this.#now + milliseconds;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== due);
      this.#now = due.at;
      due.callback();
    }
    this.#now = until;
  }
}

export interface BridgeOptions {
  /** Window offered to the client, bytes. */
  readonly window?: number;
  /** Window the client offers, bytes. */
  readonly receiveWindow?: number;
  /** Leave errors of callbacks to the environment. */
  readonly onCallbackError?: ((error: unknown) => void) | undefined;
}

export const TOKEN = Uint8Array.from({ length: 16 }, (_, index) => index);
export const SESSION_ID = new Uint8Array(16).fill(0xaa);
export const HERE = { address: "127.18.52.2", port: 8080 };
export const THERE = { address: "127.18.52.3", port: 50_000 };

/** The bridge's end of a session as a test writes it: it says packets, and keeps what it was sent. Real bytes go both ways. */
export class ScriptedBridge {
  readonly clock = new ManualClock();
  readonly session: ClientSession;
  /** Where the WebSocket reports what happens on it. */
  socket!: TransportEvents;
  readonly ready: SessionInfo[] = [];
  readonly ended: NetworkFailure[] = [];
  readonly callbackErrors: unknown[] = [];
  /** How the client closed the transport. */
  closed: { code: number | undefined; reason: string | undefined } | undefined;
  /** What the transport claims to have buffered. */
  bufferedAmount = 0;
  /** Whether every message adds to `bufferedAmount`. */
  isCongested = false;
  /** Called with each packet while the client is still sending it. */
  onPacket: ((packet: Packet) => void) | undefined;
  #received: Packet[] = [];
  readonly #window: number;

  constructor(options: BridgeOptions = {}) {
    this.#window = options.window ?? DEFAULT_WINDOW_BYTES;
    this.session = new ClientSession({
      isResumable: false,
      open: (events) => {
        this.socket = events;
        return {
          send: (message) => {
            if (this.closed !== undefined) throw new Error("sent after close");
            if (this.isCongested) this.bufferedAmount += message.length;
            // A copy, as a network would make: what the client does to its buffer later must not matter here.
            const packet = decodePacket(message.slice());
            this.#received.push(packet);
            this.onPacket?.(packet);
          },
          bufferedAmount: () => this.bufferedAmount,
          close: (code, reason) => {
            this.closed = { code, reason };
          },
        };
      },
      machineToken: TOKEN,
      schedule: this.clock.schedule,
      ...(options.receiveWindow === undefined ? {} : { receiveWindow: options.receiveWindow }),
      events: {
        onReady: (info) => this.ready.push(info),
        onEnded: (failure) => this.ended.push(failure),
        onCallbackError: (error) => this.callbackErrors.push(error),
      },
    });
  }

  /** A bridge whose handshake is complete. */
  static ready(options: BridgeOptions = {}): ScriptedBridge {
    const bridge = new ScriptedBridge(options);
    bridge.shakeHands();
    bridge.take();
    return bridge;
  }

  say(packet: Packet): void {
    this.socket.receive(encodePacket(packet));
  }

  sayBytes(bytes: Uint8Array): void {
    this.socket.receive(bytes);
  }

  /** What the client has sent since the last call. */
  take(): Packet[] {
    const packets = this.#received;
    this.#received = [];
    return packets;
  }

  sayInfo(): void {
    const zone = encodeBridgeMetadata({ version: 1, network: "lan", window: this.#window, room: "lab" });
    this.say({ type: PacketType.INFO, major: 2, minor: 0, extensions: [zone] });
  }

  sayReady(): void {
    this.say({ type: PacketType.READY, sessionId: SESSION_ID, address: HERE.address });
  }

  shakeHands(): void {
    this.sayInfo();
    this.say({ type: PacketType.CONTINUE, streamId: 0, packets: 128 });
    this.sayReady();
  }

  sayData(streamId: number, payload: Uint8Array): void {
    this.say({ type: PacketType.DATA, streamId, payload });
  }

  sayOpened(streamId: number): void {
    this.say({ type: PacketType.OPENED, streamId, remote: THERE, local: HERE });
  }

  sayAccept(streamId: number, listenerId: number): void {
    this.say({ type: PacketType.ACCEPT, streamId, listenerId, remote: THERE, local: HERE });
  }

  /** The metadata that the client sent in its INFO. */
  static clientMetadata(packet: Packet | undefined) {
    if (packet?.type !== PacketType.INFO) throw new Error("no INFO");
    return decodeClientMetadata(packet.extensions);
  }
}

/** Lets everything that was put off happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

/** Connects and opens a stream, and forgets the packets of that. */
export function connectOpen(bridge: ScriptedBridge) {
  const events = new StreamRecorder();
  const stream = bridge.session.connect("example.com", 80, events);
  const connect = bridge.take().find(({ type }) => type === PacketType.CONNECT);
  if (connect?.type !== PacketType.CONNECT) throw new Error("no CONNECT");
  bridge.sayOpened(connect.streamId);
  return { events, stream, id: connect.streamId };
}

/** Binds a port, and forgets the packets of that. */
export function listenOpen(bridge: ScriptedBridge) {
  const events = new ListenerRecorder();
  const listener = bridge.session.listen("0.0.0.0", 8080, events);
  const listen = bridge.take().find(({ type }) => type === PacketType.LISTEN);
  if (listen?.type !== PacketType.LISTEN) throw new Error("no LISTEN");
  bridge.say({ type: PacketType.LISTENING, listenerId: listen.listenerId, bound: HERE });
  return { events, listener, id: listen.listenerId };
}
