import { type DataPacket, MAX_DATA_BYTES } from "@playground/wire/codec";
import type { Session } from "../session/session.ts";
import { streamFor } from "./stream-lookup.ts";

/** DATA: `docs/protocol.md`, sections 2 and 6, "Credit". `block`: what the payload lies in, if it is a block. */
export function handleData(session: Session, packet: DataPacket, block: Buffer | undefined): void {
  const { payload, streamId } = packet;
  const { length } = payload;
  if (session.protocol.isZone && (length === 0 || length > MAX_DATA_BYTES)) {
    session.violation(`DATA of ${length} bytes on stream ${streamId}; 1 to ${MAX_DATA_BYTES} are allowed`);
    return;
  }
  const stream = streamFor(session, packet);
  if (stream === undefined) return;
  if (stream.hasClientEnded) {
    session.violation(`DATA on stream ${streamId} after END`);
    return;
  }
  session.account.fromClient(length);
  if (!stream.data(payload, block)) {
    session.violation(`DATA of ${length} bytes on stream ${streamId}, which has not so much credit`);
    return;
  }
  if (!session.protocol.isZone) session.streams.boundPlainBytes();
}
