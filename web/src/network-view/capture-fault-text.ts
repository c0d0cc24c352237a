import { msg, str } from "@lit/localize";
import { MAX_FILE_BYTES } from "@playground/capture/limits";
import type { SavedFault } from "../capture/saved-capture.ts";
import { localNumber } from "../locale/numbers.ts";

const MIB = 1024 * 1024;

/** Why a capture could not be opened, in the reader's words. */
export function captureFaultText(code: SavedFault): string {
  switch (code) {
    case "not-a-capture":
    case "invalid":
      return msg("This capture is damaged and cannot be read. What the programs do now is shown.", { id: "net-fault-invalid" });
    case "unknown-version":
      return msg("This capture was made with a newer version. Open it there.", { id: "net-fault-version" });
    case "cut":
      return msg("The end of the capture is missing. Copy the whole file or link again.", { id: "net-fault-cut" });
    case "too-large":
      return msg(
        str`The capture is too large: a file may have at most ${localNumber(MAX_FILE_BYTES / MIB)} MB. In Wireshark, save only the packets that you need.`,
        {
          id: "net-fault-large",
        },
      );
    case "not-pcapng":
      return msg("This is not a capture. Choose a file that ends in .pcapng or .pcap, saved here or by Wireshark.", { id: "net-fault-not-pcapng" });
    case "unknown-link-type":
      return msg("The packets in this file are of a kind of network that cannot be read here. Ethernet, loopback and raw IP can.", {
        id: "net-fault-link-type",
      });
    case "unreadable":
      return msg("The browser could not read this file.", { id: "net-fault-unreadable" });
    case "no-tcp":
      return msg("There is no TCP in this file, and the network view shows nothing else.", { id: "net-fault-no-tcp" });
  }
}
