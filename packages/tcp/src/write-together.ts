import type { Socket } from "node:net";

/** Hands parts to the kernel in one call. `written` is called once it has taken the last one. */
export function writeTogether(socket: Socket, parts: readonly Uint8Array[], written: () => void): void {
  const last = parts.length - 1;
  if (last > 0) socket.cork();
  for (const [index, bytes] of parts.entries()) {
    if (index === last) socket.write(bytes, written);
    else socket.write(bytes);
  }
  if (last > 0) socket.uncork();
}
