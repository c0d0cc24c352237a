import { type Attack, inParallel } from "../attack.ts";
import { openWebSocket } from "../client/raw-socket.ts";

/** WebSockets that are opened and cut as fast as possible. */
export const webSocketChurn: Attack = {
  name: "websocket-churn",
  what: "WebSockets are opened and cut, as fast as possible",
  alsoWispJs: true,
  async run(run) {
    await inParallel(run, 20, 50_000, async (index) => {
      const socket = await openWebSocket(run.target, run.address, `churn-${index % 20}`);
      run.count(socket === undefined ? "refused" : "opened");
      socket?.destroy();
    });
  },
};
