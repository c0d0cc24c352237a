import type { Socket } from "node:net";
import type { Endpoint } from "@playground/network";
import { PacketType } from "@playground/wire/codec";
import { failure } from "../failure.ts";
import type { Session } from "../session/session.ts";
import { TcpStream } from "../tcp/tcp-stream.ts";

/** Someone has connected to a listener: ACCEPT, `docs/protocol.md`, sections 4 and 5. */
export function handleAccepted(session: Session, listenerId: number, socket: Socket, remote: Endpoint, local: Endpoint): void {
  const refusal = session.streams.refusal();
  const streamId = refusal === undefined ? session.streams.nextId() : undefined;
  if (streamId === undefined) {
    socket.on("error", () => {});
    socket.resetAndDestroy();
    session.refused(refusal ?? failure("limit-exceeded", "The session is out of stream ids."), `clients of port ${local.port}`);
    return;
  }
  const stream = new TcpStream(streamId, session);
  session.streams.add(stream);
  session.send({ type: PacketType.ACCEPT, streamId, listenerId, remote, local });
  stream.accept(socket, remote);
}
