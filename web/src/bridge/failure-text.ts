import type { NetworkFailure } from "@playground/wire";
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
    default:
      return msg(str`The bridge and this page do not fit together: ${failure.message}.`, { id: "failure-internal" });
  }
}
