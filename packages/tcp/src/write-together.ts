import type { Socket } from "node:net";

/** Hands parts, at least one, to the kernel in one call. `written` is called once it has taken the last one. */
export function writeTogether(socket: Socket, parts: readonly Uint8Array[], written: () => void): void {
  const last = parts.length - 1;
  if (last > 0) socket.cork();
  for (let index = 0; index < last; index++) socket.write(parts[index]!);
  socket.write(parts[last]!, written);
  if (last > 0) socket.uncork();
}
