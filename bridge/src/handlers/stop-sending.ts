import type { StopSendingPacket } from "@playground/wire/codec";
import type { Session } from "../session/session.ts";
import { streamFor } from "./stream-lookup.ts";

/** STOP_SENDING: `docs/protocol.md`, section 6, "Orderly close". A second one changes nothing. */
export function handleStopSending(session: Session, packet: StopSendingPacket): void {
  streamFor(session, packet)?.stop();
}
