import { packetTypeName } from "@playground/wire/codec";
import type { TcpStream } from "../tcp/tcp-stream.ts";
import type { Session } from "../session/session.ts";

/**
 * The stream that a packet is for. Undefined when there is none: the packet is then ignored, as it was under
 * way while the stream ended, or the session has ended, as no such stream ever was (a violation, in zone
 * sessions only; plain Wisp has no way to tell). `docs/protocol.md`, sections 2 and 7.
 */
export function streamFor(session: Session, packet: { readonly type: number; readonly streamId: number }): TcpStream | undefined {
  const { streamId } = packet;
  const stream = session.streams.get(streamId);
  if (stream !== undefined || !session.protocol.isZone) return stream;
  if (!session.streams.wasUsed(streamId)) session.violation(`${packetTypeName(packet.type)} for stream ${streamId}, which never was`);
  return undefined;
}
