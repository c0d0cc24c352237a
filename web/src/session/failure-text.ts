import type { NetworkFailure } from "@playground/network";
import { msg, str } from "@lit/localize";

/** Why a session with the bridge ended or did not come about, in the reader's language. */
export function failureText(failure: NetworkFailure): string {
  switch (failure.code) {
    case "bridge-lost":
      return msg("The bridge does not answer.", { id: "failure-bridge-lost" });
    case "limit-exceeded":
      return msg("The bridge takes no more pages: its limit is reached.", { id: "failure-limit-exceeded" });
    case "not-allowed":
      return msg("The bridge does not let this page in.", { id: "failure-not-allowed" });
    case "password-required":
      return msg("This room has a password.", { id: "failure-password-required" });
    case "wrong-password":
      return msg("This is not the password of the room.", { id: "failure-wrong-password" });
    case "too-many-attempts":
      return msg("Too many wrong passwords came from your address. Wait a minute.", { id: "failure-too-many-attempts" });
    case "room-full":
      return msg("This room is full.", { id: "failure-room-full" });
    default:
      return msg(str`The bridge and this page do not fit together: ${failure.message}.`, { id: "failure-internal" });
  }
}
