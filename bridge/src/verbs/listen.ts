import { type ListenPacket, type NetworkFailure, PacketType } from "@playground/wire";
import { failure } from "../failure.ts";
import type { Binding } from "../network/script-network.ts";
import { openLimit } from "../session/open-limits.ts";
import type { Session, SessionListener } from "../session/session.ts";
import { TcpListener } from "../tcp/tcp-listener.ts";
import { handleAccepted } from "./accept.ts";

/** LISTEN: `docs/protocol.md`, section 5. LISTENING or LISTEN_FAILED follows. */
export function handleListen(session: Session, packet: ListenPacket): void {
  const { listenerId } = packet;
  if (listenerId <= session.highestListener) {
    session.violation(`LISTEN with id ${listenerId} after ${session.highestListener}; ids grow`);
    return;
  }
  session.highestListener = listenerId;
  const refusal = open(session, packet);
  if (refusal !== undefined) session.sendListenFailed(listenerId, refusal);
}

function open(session: Session, { listenerId, address, port }: ListenPacket): NetworkFailure | undefined {
  const { listenersPerSession } = session.services.limits;
  const limit = openLimit(session);
  if (limit !== undefined) return limit;
  if (session.listeners.size >= listenersPerSession) {
    return failure("limit-exceeded", `This program listens on ${listenersPerSession} ports, which is the most the bridge takes. Close some of them.`);
  }
  const binding = session.services.network.bindingFor(session.machine, address);
  if (binding.kind === "refuse") return binding.failure;
  bind(session, listenerId, binding, port);
  return undefined;
}

function bind(session: Session, id: number, binding: Binding & { kind: "bind" }, port: number): void {
  const earlier = [...session.settling].map(({ settled }) => settled);
  const listener = new TcpListener(id, binding.address, port, Promise.all(earlier), {
    onListening: (bound) => {
      const held = session.listeners.get(id);
      if (held === undefined) return;
      const { isPrivate, isWildcard } = binding;
      held.entry = { machine: session.machine, address: bound.address, port: bound.port, isPrivate, isWildcard };
      session.room.listeners.add(held.entry);
      session.send({ type: PacketType.LISTENING, listenerId: id, bound });
    },
    onFailed: (reason) => {
      session.closeListener(id);
      session.sendListenFailed(id, reason);
    },
    onConnection: (socket, remote, local) => handleAccepted(session, id, socket, remote, local),
  });
  const held: SessionListener = { listener };
  session.listeners.set(id, held);
  session.usage.listeners += 1;
}
