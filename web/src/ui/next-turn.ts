/**
 * Resolves in a turn of the event loop of its own, so that what waits is done before: messages of workers, input, a frame. Not held back in
 * hidden tabs, as timers are.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      resolve();
    });
    port1.start();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin to name
    port2.postMessage(undefined);
  });
}
