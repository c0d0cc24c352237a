import { type ListenPacket, type NetworkFailure, PacketType } from "@playground/wire";
import { endpointText } from "../failure.ts";
import type { Binding } from "../network/script-network.ts";
import { listenerLimit, openLimit } from "../session/open-limits.ts";
import type { Session } from "../session/session.ts";
import { TcpListener } from "../tcp/tcp-listener.ts";
import { handleAccepted } from "./accept.ts";

/** LISTEN: `docs/protocol.md`, section 5. LISTENING or LISTEN_FAILED follows. */
export function handleListen(session: Session, packet: ListenPacket): void {
  const { listenerId } = packet;
  const fault = session.listeners.takeId(listenerId);
  if (fault !== undefined) {
    session.violation(`LISTEN with ${fault}`);
    return;
  }
  const refusal = open(session, packet);
  if (refusal === undefined) return;
  session.sendListenFailed(listenerId, refusal);
  if (refusal.code === "not-allowed" || refusal.code === "limit-exceeded") session.refused(refusal, endpointText(packet.address, packet.port));
}

function open(session: Session, { listenerId, address, port }: ListenPacket): NetworkFailure | undefined {
  const limit = openLimit(session) ?? listenerLimit(session);
  if (limit !== undefined) return limit;
  const binding = session.services.network.bindingFor(session.machine, address);
  if (binding.kind === "refuse") return binding.failure;
  bind(session, listenerId, binding, port);
  return undefined;
}

function bind(session: Session, id: number, binding: Binding & { kind: "bind" }, port: number): void {
  const listener = new TcpListener(id, binding.address, port, session.listeners.settled, {
    onListening: (bound) => {
      const { isPrivate, isWildcard } = binding;
      const isThere = session.listeners.bound(id, { machine: session.machine, address: bound.address, port: bound.port, isPrivate, isWildcard });
      if (isThere) session.send({ type: PacketType.LISTENING, listenerId: id, bound });
    },
    onFailed: (reason) => {
      session.listeners.close(id);
      session.sendListenFailed(id, reason);
    },
    onConnection: (socket, remote, local) => handleAccepted(session, id, socket, remote, local),
  });
  session.listeners.add(id, listener);
}
