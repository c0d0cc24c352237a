import { ClientSession, type RoomNews, type SessionInfo, transportOver } from "@playground/wire/client";
import { WISP_V2_SUBPROTOCOL } from "@playground/wire/codec";
import { WebSocket } from "ws";

/** A session of a machine in a room, over a WebSocket of its own. */
export interface OpenSession {
  readonly session: ClientSession;
  /** Rejects where the bridge does not take it. */
  readonly ready: Promise<SessionInfo>;
}

/** Opens one. `roomUrl` ends with `/`. */
export function openSession(roomUrl: string, machineToken: Uint8Array, onRoomNews: (news: RoomNews) => void = () => {}): OpenSession {
  let onReady!: (info: SessionInfo) => void;
  let onFailed!: (error: Error) => void;
  const ready = new Promise<SessionInfo>((resolve, reject) => {
    onReady = resolve;
    onFailed = reject;
  });
  // Programs do not wait for it.
  ready.catch(() => {});
  const session = new ClientSession({
    open: (events) => transportOver(new WebSocket(roomUrl, WISP_V2_SUBPROTOCOL, { perMessageDeflate: false }), events),
    machineToken,
    events: { onReady, onRoomNews, onEnded: (failure) => onFailed(new Error(failure.message)) },
  });
  return { session, ready };
}
