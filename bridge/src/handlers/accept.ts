import type { Socket } from "node:net";
import type { Endpoint } from "@playground/network";
import { PacketType } from "@playground/wire/codec";
import { failure } from "@playground/tcp";
import { logRefusal } from "../session/session-log.ts";
import type { Session } from "../session/session.ts";

/** Someone has connected to a listener: ACCEPT, `docs/protocol.md`, sections 4 and 5. */
export function handleAccepted(session: Session, listenerId: number, socket: Socket, remote: Endpoint, local: Endpoint): void {
  const refusal = session.streams.refusal();
  const streamId = refusal === undefined ? session.streams.nextId() : undefined;
  if (streamId === undefined) {
    socket.on("error", () => {});
    socket.resetAndDestroy();
    logRefusal(session, refusal ?? failure("limit-exceeded", "The session is out of stream ids."), `clients of port ${local.port}`);
    return;
  }
  const stream = session.streams.open(streamId);
  session.output.send({ type: PacketType.ACCEPT, streamId, listenerId, remote, local });
  stream.accept(socket, remote);
}
