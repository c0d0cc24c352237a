import { dataBytes, type DataPacket, MAX_DATA_BYTES } from "@playground/wire";
import type { Session } from "../session/session.ts";
import { streamFor } from "../session/stream-lookup.ts";

/** DATA: `docs/protocol.md`, sections 2 and 6, "Credit". */
export function handleData(session: Session, packet: DataPacket): void {
  const { payload, more, streamId } = packet;
  const length = dataBytes(packet);
  if (session.isZone && (length === 0 || length > MAX_DATA_BYTES)) {
    session.violation(`DATA of ${length} bytes on stream ${streamId}; 1 to ${MAX_DATA_BYTES} are allowed`);
    return;
  }
  const stream = streamFor(session, packet);
  if (stream === undefined) return;
  if (stream.hasClientEnded) {
    session.violation(`DATA on stream ${streamId} after END`);
    return;
  }
  session.received(length);
  if (!stream.data(length, payload, more)) {
    session.violation(`DATA of ${length} bytes on stream ${streamId}, which has not so much credit`);
    return;
  }
  if (!session.isZone) session.boundPlainBytes();
}
