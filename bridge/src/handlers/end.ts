import type { EndPacket } from "@playground/wire/codec";
import type { Session } from "../session/session.ts";
import { streamFor } from "./stream-lookup.ts";

/** END: `docs/protocol.md`, section 6, "Orderly end of one direction". */
export function handleEnd(session: Session, packet: EndPacket): void {
  const stream = streamFor(session, packet);
  if (stream === undefined) return;
  if (stream.hasClientEnded) session.violation(`END on stream ${packet.streamId} for the second time`);
  else stream.end();
}
