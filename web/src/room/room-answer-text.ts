import type { RoomAnswer } from "@playground/wire/client";
import { RoomResult } from "@playground/wire/codec";
import { msg, str } from "@lit/localize";

/** Why the bridge would not do what was asked of the room, in the reader's language. `asked` is the name in question. */
export function roomAnswerText(answer: RoomAnswer | undefined, asked = ""): string {
  switch (answer?.result) {
    case undefined:
      return msg("The bridge is unreachable. Try again when it is back.", { id: "room-bridge-away" });
    case RoomResult.NAME_TAKEN:
      return msg(str`Another machine in this room is called ${asked}, or something that looks the same. ${answer.proposal} is free.`, {
        id: "room-name-taken",
      });
    case RoomResult.BAD_NAME:
      return msg("Use letters of one alphabet, digits and hyphens, at most 32 characters; begin with a letter. Some names, such as localhost, are reserved.", {
        id: "room-name-bad",
      });
    case RoomResult.BAD_PASSWORD:
      return msg("A password has at least 4 characters.", { id: "room-password-short" });
    case RoomResult.NOT_ALLOWED:
      return msg("Only the host, who has been in the room longest, can set its password.", { id: "room-not-keeper" });
    default:
      return msg("Too many changes. Wait a second and try again.", { id: "room-throttled" });
  }
}
