export { PacketReceiveWindow, PacketSendWindow } from "./packet-credit.ts";
export { ReceiveWindow, SendWindow } from "./byte-credit.ts";
export { Continuity } from "./continuity.ts";
export { WindowGrowth } from "./window-growth.ts";
export { BlockPool } from "./block-pool.ts";
export type { Schedule } from "./schedule.ts";
