import { msg, str } from "@lit/localize";
import { MAX_FILES, MAX_PROJECT_BYTES, type ShareErrorCode, type SkippedFile } from "@playground/share";
import { localNumber } from "../locale/numbers.ts";

/** What is wrong with a shared project, in the reader's words. */
export function shareFaultText(code: ShareErrorCode): string {
  switch (code) {
    case "not-a-share":
      return msg("There is no project in this link.", { id: "share-fault-none" });
    case "unknown-version":
      return msg("A newer playground made this. Open it there, or ask for an older link.", { id: "share-fault-version" });
    case "cut":
      return msg("The end of the link is missing. Some programs cut long links: copy it again in whole, or ask for a short one.", { id: "share-fault-cut" });
    case "bad-character":
    case "damaged":
    case "not-json":
      return msg("The link has changed on its way and can no longer be read. Copy it again in whole, or ask for a short one.", { id: "share-fault-damaged" });
    case "too-large":
      return msg(str`The project is too large: it may have ${localNumber(MAX_PROJECT_BYTES / 1024)} KB.`, { id: "share-fault-large" });
    case "invalid":
      return msg("What is in it is no project of the playground.", { id: "share-fault-invalid" });
    case "not-a-zip":
      return msg("This file is no zip archive, or it is damaged.", { id: "share-fault-zip" });
  }
}

/** Why a file of an archive was left out. */
export function skippedText(reason: SkippedFile["reason"]): string {
  switch (reason) {
    case "not-luau":
      return msg("no Luau file", { id: "skipped-not-luau" });
    case "bad-name":
      return msg("a name that files cannot have here", { id: "skipped-bad-name" });
    case "taken":
      return msg("another file has this name", { id: "skipped-taken" });
    case "not-utf8":
      return msg("not in UTF-8", { id: "skipped-not-utf8" });
    case "too-many":
      return msg(str`more than ${localNumber(MAX_FILES)} files`, { id: "skipped-too-many" });
  }
}
