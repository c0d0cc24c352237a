import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { NetworkFailure } from "@playground/network";
import { CloseCode, codeToReason, encodePacket, MAX_MESSAGE_BYTES, PacketType, WISP_V2_SUBPROTOCOL } from "@playground/wire/codec";
import { type WebSocket, WebSocketServer } from "ws";
import { CLOSE_ANSWER_MS, HANDSHAKE_TIMEOUT_MS } from "../limits.ts";
import { refusalReason } from "../over-limit.ts";
import { parseRoomPath } from "../room/room-name.ts";
import type { BridgeServices } from "../session/bridge-services.ts";
import { ClientWebSocket } from "../websocket/client-websocket.ts";
import { Session } from "../session/session.ts";
import { sendInfo, sendInitialContinue } from "../handlers/info.ts";
import { receiveMessage } from "../handlers/receive.ts";
import type { ClientAddresses } from "./client-address.ts";
import type { HostCheck } from "./request-host.ts";
import { refuseUpgrade } from "./text-answer.ts";

/** A constant of its own, since the types of `ws` do not know `closeTimeout` yet. */
const SERVER_OPTIONS = {
  noServer: true,
  clientTracking: false,
  maxPayload: MAX_MESSAGE_BYTES,
  perMessageDeflate: false,
  // `ClientWebSocket` answers pings.
  autoPong: false,
  closeTimeout: CLOSE_ANSWER_MS,
  handleProtocols: (offered: Set<string>) => (offered.has(WISP_V2_SUBPROTOCOL) ? (WISP_V2_SUBPROTOCOL as string) : false),
} as const;

/** Makes sessions of the WebSockets at `/room/<name>/`: `docs/protocol.md`, section 1. */
export class UpgradeHandler {
  readonly #services: BridgeServices;
  readonly #hostCheck: HostCheck;
  readonly #addresses: ClientAddresses;
  readonly #server = new WebSocketServer(SERVER_OPTIONS);
  readonly #sessions = new Set<Session>();
  #count = 0;
  #isClosed = false;
  #onAllGone: (() => void) | undefined;

  constructor(services: BridgeServices, hostCheck: HostCheck, addresses: ClientAddresses) {
    this.#services = services;
    this.#hostCheck = hostCheck;
    this.#addresses = addresses;
    // The one answer to a broken request for an upgrade, whose text would come from the client.
    this.#server.on("wsClientError", (_error, socket) => refuseUpgrade(socket, 400, "This is not a WebSocket handshake."));
  }

  /** Answers one request for an upgrade. */
  handle(request: IncomingMessage, socket: Socket, head: Buffer): void {
    socket.on("error", () => socket.destroy());
    const client = this.#addresses.of(request);
    const refusal = this.#refusal(request, client);
    if (refusal !== undefined) {
      const target = `host ${quote(request.headers.host)}, origin ${quote(request.headers.origin)}`;
      this.#services.refusals.add({ reason: refusal.reason, client, target, message: refusal.text });
      refuseUpgrade(socket, refusal.status, refusal.text, refusal.status === 429 ? { "retry-after": "1" } : {});
      return;
    }
    const account = this.#services.ledger.of(client);
    const room = this.#services.rooms.enter(roomName(request) ?? "", account);
    if ("code" in room) {
      this.#services.refusals.add({ reason: refusalReason(room), client, message: room.message });
      // Browsers hide from pages why an upgrade failed; only a WebSocket can tell.
      if (request.headers["sec-websocket-protocol"] === undefined) refuseUpgrade(socket, 503, room.message);
      else this.#server.handleUpgrade(request, socket, head, (ws) => refuseSession(ws, room));
      return;
    }
    let isUpgraded = false;
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      isUpgraded = true;
      this.#count += 1;
      const session = new Session(this.#count, new ClientWebSocket(ws, socket, this.#services, account), room, this.#services, client, {
        onMessage: receiveMessage,
        onGone: () => this.#gone(session),
      });
      this.#sessions.add(session);
      if (ws.protocol === WISP_V2_SUBPROTOCOL) {
        sendInfo(session);
        sendInitialContinue(session);
        session.expectHandshake(HANDSHAKE_TIMEOUT_MS);
      } else if (session.begin() === undefined) {
        sendInitialContinue(session);
      }
    });
    // The handshake is checked and answered before the call returns.
    if (!isUpgraded) room.leave();
  }

  /** Ends all sessions and refuses new ones. Settles when nothing of them is left. */
  async shutDown(): Promise<void> {
    this.#isClosed = true;
    const gone = new Promise<void>((resolve) => (this.#onAllGone = resolve));
    for (const session of this.#sessions) session.shutDown();
    if (this.#sessions.size > 0) await gone;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Cuts what is still there. */
  terminate(): void {
    for (const session of this.#sessions) session.terminate();
  }

  #gone(session: Session): void {
    this.#sessions.delete(session);
    if (this.#sessions.size === 0) this.#onAllGone?.();
  }

  #refusal(request: IncomingMessage, client: string): { status: number; reason: string; text: string } | undefined {
    if (this.#isClosed) return { status: 503, reason: "shutting-down", text: "The bridge is being stopped." };
    if (this.#hostCheck.ownHost(request) === undefined) {
      return { status: 421, reason: "foreign-host", text: "The bridge does not go by this host name; --public-host can add it." };
    }
    if (!this.#hostCheck.mayOpenSessions(request))
      return { status: 403, reason: "foreign-origin", text: "Pages of other sites may not use this bridge; --embed-origin can let one in." };
    if (roomName(request) === undefined) return { status: 404, reason: "no-room", text: "WebSockets are at /room/<name>/ only." };
    const tooMany = this.#services.ledger.of(client).take("upgrades");
    if (tooMany !== undefined) return { status: 429, reason: tooMany.option, text: tooMany.message };
    return undefined;
  }
}

/** Takes the WebSocket for a moment, to say why there is no session: `docs/protocol.md`, section 3. */
function refuseSession(ws: WebSocket, { code, message }: NetworkFailure): void {
  ws.on("error", () => {});
  // Nothing counts that it may send; read, it would be kept.
  ws.pause();
  ws.send(encodePacket({ type: PacketType.CLOSE, streamId: 0, reason: codeToReason(code), message }), { binary: true });
  ws.close(CloseCode.REFUSED);
  setTimeout(() => ws.terminate(), CLOSE_ANSWER_MS).unref();
}

function roomName(request: IncomingMessage): string | undefined {
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  try {
    return parseRoomPath(decodeURIComponent(path))?.name;
  } catch {
    return undefined;
  }
}

function quote(text: string | undefined): string {
  return text === undefined ? "none" : JSON.stringify(text.slice(0, 100));
}
