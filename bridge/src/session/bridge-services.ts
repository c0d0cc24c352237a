import type { Ledger } from "../client/ledger.ts";
import type { WaitingPlaces } from "../client/waiting-places.ts";
import type { BridgeLimits } from "../limits.ts";
import type { Log } from "../log/log.ts";
import type { ScriptNetwork } from "../network/script-network.ts";
import type { AllowList } from "../policy/allow-list.ts";
import type { LocalPorts } from "../policy/local-ports.ts";
import type { Resolver } from "@playground/tcp";
import type { Refusals } from "../refusals.ts";
import type { RoomDirectory } from "../room/room-directory.ts";
import type { ResendBudget } from "./resend-budget.ts";
import type { ResumableSessions } from "./resumable-sessions.ts";
import type { Turns } from "../turns/turns.ts";
import type { UnfinishedMessages } from "../websocket/unfinished-messages.ts";
import type { Arrivals } from "../tcp/arrivals.ts";
import type { Totals, Usage } from "../usage.ts";

/** What all sessions of a bridge share. */
export interface BridgeServices {
  readonly allowList: AllowList;
  /** Tells the bridge's own connections where they arrive. */
  readonly arrivals: Arrivals;
  /** How long a session is kept after its WebSocket was cut, ms; 0: not at all. */
  readonly graceMs: number;
  /** Of WebSockets from the upgrade to their INFO. */
  readonly handshakes: WaitingPlaces;
  /** From which the shares of every client address are counted. */
  readonly ledger: Ledger;
  readonly limits: BridgeLimits;
  /** Ports of this machine that no rule opens. */
  readonly localPorts: LocalPorts;
  readonly log: Log;
  readonly network: ScriptNetwork;
  /** Time between two pings, ms. */
  readonly pingIntervalMs: number;
  readonly refusals: Refusals;
  readonly resendBudget: ResendBudget;
  readonly resolver: Resolver;
  readonly resumable: ResumableSessions;
  readonly rooms: RoomDirectory;
  readonly totals: Totals;
  /** Who is served when. */
  readonly turns: Turns;
  readonly unfinished: UnfinishedMessages;
  readonly usage: Usage;
}
