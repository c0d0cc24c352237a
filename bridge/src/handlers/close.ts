import type { ClosePacket } from "@playground/wire/codec";
import { CLOSE_LATER_MS } from "../limits.ts";
import type { Session } from "../session/session.ts";
import { streamFor } from "./stream-lookup.ts";

/**
 * CLOSE: `docs/protocol.md`, section 6, "Abort", and on id 0 the end of the session (section 3). In plain Wisp it
 * is the only end there is, so what was sent before it is still delivered.
 */
export function handleClose(session: Session, packet: ClosePacket): void {
  if (packet.streamId === 0) {
    session.end("the client said goodbye", true);
    return;
  }
  const stream = streamFor(session, packet);
  if (stream === undefined) return;
  session.services.turns.expectLater(CLOSE_LATER_MS);
  if (session.protocol.isZone || stream.isConnecting) stream.abort();
  else stream.finish();
}
