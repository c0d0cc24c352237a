import { type CreditPacket, MAX_WINDOW_BYTES } from "@playground/wire/codec";
import type { Session } from "../session/session.ts";
import { streamFor } from "./stream-lookup.ts";

/** CREDIT: `docs/protocol.md`, section 6, "Credit". */
export function handleCredit(session: Session, packet: CreditPacket): void {
  const stream = streamFor(session, packet);
  if (stream === undefined || stream.credit(packet.bytes)) return;
  session.violation(`CREDIT of ${packet.bytes} bytes makes more than ${MAX_WINDOW_BYTES} on stream ${packet.streamId}`);
}
