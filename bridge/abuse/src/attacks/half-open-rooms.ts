import { type Attack, inParallel } from "../attack.ts";
import { frame, Opcode, openWebSocket } from "../client/raw-socket.ts";

/** Clients that begin with a room and are cut in the middle of their first packet. */
export const halfOpenRooms: Attack = {
  name: "half-open-rooms",
  what: "rooms are entered with half a handshake, and the connection reset",
  async run(run) {
    const half = frame(Opcode.BINARY, Buffer.from("0500000000", "hex")).subarray(0, 8);
    await inParallel(run, 20, 5_000, async (index) => {
      const socket = await openWebSocket(run.target, run.address, `half-${index}`, "wisp-v2");
      run.count(socket === undefined ? "refused" : "half");
      socket?.write(half);
      socket?.resetAndDestroy();
    });
  },
};
