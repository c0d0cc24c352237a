import { msg, str } from "@lit/localize";
import { MAX_LESSON_FILE_BYTES, problemText } from "@playground/lessons";
import { plainText } from "@playground/safe-text";
import { shortSize } from "../../network-view/size-text.ts";
import { type AddressFault, originOf } from "./foreign-address.ts";
import type { ForeignFault } from "./read-foreign.ts";

/** Characters of what comes from elsewhere that are shown with an error. */
const MAX_DETAIL_CHARS = 400;

/** Why a lesson from elsewhere cannot be opened, what to do, and who can. */
export function foreignFaultText(fault: ForeignFault): string {
  switch (fault.kind) {
    case "address":
      return addressFaultText(fault.fault);
    case "not-found":
      return msg("There is no lesson at this address. Check the link, or ask whoever gave it to you.", { id: "foreign-not-found" });
    case "status":
      return msg(str`The site answers with error ${fault.status}. Try again later, or tell the lesson's author.`, { id: "foreign-status" });
    case "unreachable":
      return msg("The site does not answer. Check your connection and the address, then try again.", { id: "foreign-unreachable" });
    case "not-allowed":
      return msg(
        "The site answers, but does not let other pages read this file, or has no such file. Check the link and tell the lesson's author: the site has to send the header Access-Control-Allow-Origin.",
        { id: "foreign-not-allowed" },
      );
    case "moved":
      return msg(str`The address leads on to ${originOf(fault.to)}. If you trust that site, open the lesson by its address there.`, { id: "foreign-moved" });
    case "too-large":
      return msg(str`The file is larger than ${shortSize(MAX_LESSON_FILE_BYTES)}; no lesson is. Tell the lesson's author.`, { id: "foreign-too-large" });
    case "too-slow":
      return msg("The lesson did not arrive within a minute. Try again where the connection is better.", { id: "foreign-too-slow" });
    case "not-a-lesson":
      return msg("What lies at this address is not a lesson of the playground. Check the link, or tell the lesson's author.", { id: "foreign-not-a-lesson" });
    case "other-format":
      return msg(
        "This lesson is written for another version of the playground. Ask whoever runs this page for a newer one, or the lesson's author for a file of this version.",
        { id: "foreign-other-format" },
      );
    case "problems":
      return msg("The lesson has mistakes and cannot be shown. Tell its author:", { id: "foreign-problems" });
    case "endless":
      return msg("The lesson takes too long to read. Tell its author.", { id: "foreign-endless" });
    case "broken":
      return msg("The part of the page that reads lessons has failed. Reload the page and try again.", { id: "foreign-broken" });
  }
}

function addressFaultText(fault: AddressFault): string {
  switch (fault) {
    case "no-address":
      return msg("The lesson's address cannot be read. Check the link, or ask whoever gave it to you.", { id: "foreign-no-address" });
    case "scheme":
      return msg("A lesson's address begins with https:// or http://. Check the link, or ask whoever gave it to you.", { id: "foreign-scheme" });
    case "name":
      return msg(
        "The lesson's address has a name in front of its site, which can make it look like another site's. Ask whoever gave you the link for the address without it.",
        { id: "foreign-name" },
      );
    case "too-long":
      return msg("The lesson's address is too long. Its author has to put it at a shorter one.", { id: "foreign-too-long" });
    case "mixed":
      return msg("This page came over https, and browsers do not let it fetch anything over http. Ask the lesson's author for an address with https.", {
        id: "foreign-mixed",
      });
  }
}

/** What the error itself says, in English, line by line: a stranger's text. */
export function foreignFaultDetails(fault: ForeignFault): readonly string[] {
  switch (fault.kind) {
    case "not-a-lesson":
    case "other-format":
    case "broken":
      return [shown(fault.detail)];
    case "moved":
      return [shown(fault.to)];
    case "problems":
      return fault.problems.map((problem) => shown(problemText(problem)));
    default:
      return [];
  }
}

function shown(text: string): string {
  return plainText(text).slice(0, MAX_DETAIL_CHARS);
}
