import type { NetworkFailure } from "@playground/network";
import { msg, str } from "@lit/localize";

/** Why a session with the bridge ended or did not come about, in the reader's language. */
export function failureText(failure: NetworkFailure): string {
  switch (failure.code) {
    case "bridge-lost":
      return msg("The bridge is unreachable.", { id: "failure-bridge-lost" });
    case "limit-exceeded":
      return msg("Too many pages are connected to the bridge.", { id: "failure-limit-exceeded" });
    case "not-allowed":
      return msg("The bridge does not allow this page.", { id: "failure-not-allowed" });
    case "password-required":
      return msg("This room has a password.", { id: "failure-password-required" });
    case "wrong-password":
      return msg("Wrong password.", { id: "failure-wrong-password" });
    case "too-many-attempts":
      return msg("Too many wrong passwords came from your address. Wait a minute.", { id: "failure-too-many-attempts" });
    case "room-full":
      return msg("This room is full.", { id: "failure-room-full" });
    default:
      return msg(str`The versions of the bridge and this page differ. Reload the page. (${failure.message})`, { id: "failure-internal" });
  }
}
