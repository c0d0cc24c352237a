import type { Attack } from "./attack.ts";
import { emptyRooms } from "./attacks/empty-rooms.ts";
import { halfOpenRooms } from "./attacks/half-open-rooms.ts";
import { conditionalRequests, garbage, pipelining, refusedUpgrades, slowHeaders } from "./attacks/http-requests.ts";
import { renameStorm } from "./attacks/rename-storm.ts";
import { resumptions, wrongResumptions } from "./attacks/resumptions.ts";
import { roomFilling } from "./attacks/room-filling.ts";
import { roomNames } from "./attacks/room-names.ts";
import { shortLinkReads, slowPosts, storeFilling } from "./attacks/short-links.ts";
import { silentWebSockets } from "./attacks/silent-websockets.ts";
import { ackQuestions, smallPackets, smallPlainPackets } from "./attacks/small-packets.ts";
import { acceptFlood, bulk, listenStorm, refusedConnects, unreadEcho } from "./attacks/streams.ts";
import { unfinishedBeforeInfo, unfinishedMessages } from "./attacks/unfinished-messages.ts";
import { unreadAnswers } from "./attacks/unread-answers.ts";
import { watchStorm } from "./attacks/watch-storm.ts";
import { webSocketChurn } from "./attacks/websocket-churn.ts";
import { emptyFragments, oneByteFragments, pings } from "./attacks/websocket-frames.ts";
import { guessesOfManyNetworks, wrongPasswords } from "./attacks/wrong-passwords.ts";

/** Every attack. The first ones were seen to work on a bridge that had no shares for each address. */
export const ATTACKS: readonly Attack[] = [
  watchStorm,
  silentWebSockets,
  emptyRooms,
  unreadAnswers,
  unfinishedBeforeInfo,
  unfinishedMessages,
  roomFilling,
  wrongPasswords,
  guessesOfManyNetworks,
  smallPackets,
  pings,
  resumptions,
  shortLinkReads,
  storeFilling,
  slowPosts,
  renameStorm,
  roomNames,
  halfOpenRooms,
  ackQuestions,
  smallPlainPackets,
  oneByteFragments,
  emptyFragments,
  wrongResumptions,
  slowHeaders,
  garbage,
  pipelining,
  conditionalRequests,
  refusedUpgrades,
  refusedConnects,
  listenStorm,
  acceptFlood,
  bulk,
  unreadEcho,
  webSocketChurn,
];
