import { type NetworkFailure, endpointText } from "@playground/network";
import { codeToReason, type ListenPacket, PacketType } from "@playground/wire/codec";
import type { Binding } from "../network/script-network.ts";
import type { ListenerEntry } from "../room/listener-table.ts";
import { logRefusal } from "../session/session-log.ts";
import type { Session } from "../session/session.ts";
import { TcpListener } from "@playground/tcp";
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
  sendFailed(session, listenerId, refusal);
  if (refusal.code === "not-allowed" || refusal.code === "limit-exceeded") logRefusal(session, refusal, endpointText(packet.address, packet.port));
}

function open(session: Session, { listenerId, address, port }: ListenPacket): NetworkFailure | undefined {
  const refusal = session.account.takeOpen() ?? session.listeners.refusal();
  if (refusal !== undefined) return refusal;
  const binding = session.services.network.bindingFor(session.machine, address, port);
  if (binding.kind === "refuse") return binding.failure;
  bind(session, listenerId, binding, port);
  return undefined;
}

function bind(session: Session, id: number, binding: Binding & { kind: "bind" }, port: number): void {
  let entry: ListenerEntry | undefined;
  const listener = new TcpListener(id, { ...binding, port, opener: "bridge" }, session.listeners.settled, {
    onListening: (bound) => {
      const { isPrivate, isWildcard } = binding;
      entry = { machine: session.machine, address: bound.address, port: bound.port, isPrivate, isWildcard };
      if (session.listeners.bound(id, entry)) session.output.send({ type: PacketType.LISTENING, listenerId: id, bound });
    },
    onFailed: (reason) => {
      session.listeners.close(id);
      sendFailed(session, id, reason);
    },
    onConnection: (socket, remote, local) => {
      if (entry !== undefined && session.services.arrivals.admits(remote, local, entry)) handleAccepted(session, id, socket, remote, local);
      else {
        socket.on("error", () => {});
        socket.resetAndDestroy();
      }
    },
  });
  session.listeners.add(id, listener);
}

function sendFailed(session: Session, listenerId: number, { code, message }: NetworkFailure): void {
  session.output.send({ type: PacketType.LISTEN_FAILED, listenerId, reason: codeToReason(code), message });
}
