import type { UnlistenPacket } from "@playground/wire/codec";
import type { Session } from "../session/session.ts";

/** UNLISTEN: `docs/protocol.md`, section 5. The port is free before the next packet is handled; streams live on. */
export function handleUnlisten(session: Session, { listenerId }: UnlistenPacket): void {
  if (session.listeners.wasUsed(listenerId)) session.listeners.close(listenerId);
  else session.violation(`UNLISTEN for listener ${listenerId}, which never was`);
}
