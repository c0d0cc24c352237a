/** Less than this is left to the garbage collector, bytes: giving it back costs some microseconds. */
const LEAST_BYTES = 65_536;

/** A port that nobody listens at any more: what is given to it is gone. */
const nowhere = new MessageChannel();
nowhere.port2.close();

/**
 * Gives the memory of a buffer back at once that lies in no block and that nobody reads any more: a process that has become idle
 * collects no garbage for minutes, and so would keep what a flood had made it take. The buffer is empty then.
 */
export function freeMemory(buffer: Buffer): void {
  const memory = buffer.buffer;
  if (memory.byteLength < LEAST_BYTES || memory.byteLength !== buffer.length || !(memory instanceof ArrayBuffer)) return;
  // Node 20 has no ArrayBuffer.prototype.transfer.
  nowhere.port1.postMessage(undefined, [memory]);
}
