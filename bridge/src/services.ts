import type { BridgeLimits } from "./limits.ts";
import type { Log } from "./log.ts";
import type { ScriptNetwork } from "./network/script-network.ts";
import type { AllowList } from "./policy/allow-list.ts";
import type { Resolver } from "./policy/resolver.ts";
import type { RoomDirectory } from "./room/room-directory.ts";
import type { Usage } from "./usage.ts";

/** What all sessions of a bridge share. */
export interface BridgeServices {
  readonly allowList: AllowList;
  readonly limits: BridgeLimits;
  readonly log: Log;
  readonly network: ScriptNetwork;
  readonly resolver: Resolver;
  readonly rooms: RoomDirectory;
  readonly usage: Usage;
}
