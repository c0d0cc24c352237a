import { msg, str } from "@lit/localize";
import { explainFailure } from "@playground/zone/failures";
import { currentLocale } from "../locale/locale.ts";
import { localNumber } from "../locale/numbers.ts";
import { tooOldText } from "../workers/too-old.ts";
import type { ConsoleEntry } from "./entry.ts";
import type { Notice } from "./notice.ts";

/**
 * The words of an entry in the reader's language. What a program prints is its own; a notice is told by
 * its code and figures.
 */
export function entryText(entry: ConsoleEntry): string {
  const words = entry.notice === undefined ? withPlace(entry) : noticeText(entry.notice);
  const text = [words, ...stackLines(entry)].join("\n");
  if (entry.cut === undefined) return text;
  const count = localNumber(entry.cut);
  return `${text}… ${msg(str`(characters left out: ${count})`, { id: "characters-left-out" })}`;
}

function noticeText(notice: Notice): string {
  switch (notice.code) {
    case "lines-skipped": {
      const count = localNumber(notice.count);
      return msg(str`Lines skipped, because they came faster than they can be shown: ${count}`, { id: "notice-lines-skipped" });
    }
    case "run-started": {
      const time = new Intl.DateTimeFormat(currentLocale(), { timeStyle: "medium" }).format(notice.time);
      return msg(str`New run, ${time}`, { id: "notice-run-started" });
    }
    case "ended-by-reader":
      return msg("The program was ended at once. zone.cleanup may not have run.", { id: "notice-ended-by-reader" });
    case "worker-vanished":
      return msg("The program's worker is gone without a word, perhaps for want of memory. Run starts it anew.", { id: "notice-worker-vanished" });
    case "ended-by-force": {
      const seconds = localNumber(notice.seconds);
      return msg(str`The program did not stop within ${seconds} s and was ended. zone.cleanup may not have run.`, { id: "notice-ended-by-force" });
    }
    case "vm-not-loaded":
      return msg(str`The Luau VM could not be loaded: ${notice.reason}. Check that the bridge is running, then run the program again.`, {
        id: "notice-vm-not-loaded",
      });
    case "worker-not-loaded":
      return msg("The program's worker could not be loaded. Check that the bridge is running, then run the program again.", { id: "notice-worker-not-loaded" });
    case "worker-crashed":
      // A worker whose memory has run out dies without giving a reason.
      return notice.reason !== ""
        ? msg(str`The program's worker has crashed: ${notice.reason}. Run starts it again.`, { id: "notice-worker-crashed-reason" })
        : msg("The program's worker has crashed, perhaps for want of memory. Run starts it anew.", { id: "notice-worker-crashed" });
    case "browser-too-old":
      return tooOldText(notice.lacks);
    case "update-missing": {
      const seconds = localNumber(notice.seconds);
      return msg(
        str`Something happened on the network ${seconds} s ago, but zone.socket.update() has not been called since. Call it every frame, in zone.update.`,
        { id: "notice-update-missing" },
      );
    }
    case "listener-lost":
      return msg(str`The server on port ${notice.port} has ended: ${notice.reason}`, { id: "notice-listener-lost" });
    case "connection-limit": {
      const limit = localNumber(notice.limit);
      return msg(str`A client was turned away: the program holds as many connections as it may, ${limit}.`, { id: "notice-connection-limit" });
    }
    case "line-cut": {
      const length = localNumber(notice.length);
      const limit = localNumber(notice.limit);
      return msg(str`The line above was cut from ${length} characters to ${limit}.`, { id: "notice-line-cut" });
    }
    case "input-full": {
      const limit = localNumber(notice.limit);
      return msg(str`A line that was typed is lost: ${limit} lines wait for zone.console.onInput already.`, { id: "notice-input-full" });
    }
    case "pasted-lines": {
      const [lines, limit] = [localNumber(notice.lines), localNumber(notice.limit)];
      return msg(str`Nothing was sent: ${lines} lines were pasted, and at most ${limit} can be sent at once. Paste fewer.`, { id: "notice-pasted-lines" });
    }
    case "pasted-line": {
      const [line, length, limit] = [localNumber(notice.line), localNumber(notice.length), localNumber(notice.limit)];
      return msg(str`Nothing was sent: pasted line ${line} has ${length} characters, and a line of input has at most ${limit}. Shorten it.`, {
        id: "notice-pasted-line",
      });
    }
    case "cleanup-waits":
      return msg("zone.cleanup was waiting for a call such as listen or delay, and the program ended without the rest of it.", { id: "notice-cleanup-waits" });
    case "network-failure":
      return explainFailure(notice.failure, currentLocale());
    case "password-needed":
      return msg("The program cannot enter the room without its password. Enter it in the page, then run the program again.", { id: "notice-password-needed" });
    case "room-full":
      return msg("The room is full, so the program has no network.", { id: "notice-room-full" });
    case "bridge-full":
      return msg(str`The bridge did not take the program: ${notice.reason}`, { id: "notice-bridge-full" });
    case "bridge-lost":
      return msg("The connection to the bridge is lost, and all of this program's sockets with it. Run the program again once the bridge is back.", {
        id: "notice-bridge-lost",
      });
  }
}

/** An error that does not begin with its place, such as `not enough memory`, is given it where it is known. */
function withPlace({ text, chunk, line }: ConsoleEntry): string {
  if (chunk === undefined || line === undefined) return text;
  const place = `${chunk}:${line}:`;
  return text.startsWith(place) ? text : `${place} ${text}`;
}

/** The calls that led to an error, where there is more to tell than the line itself. */
function stackLines({ stack = [] }: ConsoleEntry): string[] {
  if (stack.length < 2) return [];
  return stack.map((frame) => {
    if (frame.skipped !== undefined) {
      const count = localNumber(frame.skipped);
      return `    ${msg(str`… calls left out: ${count}`, { id: "stack-skipped" })}`;
    }
    const place = frame.line === undefined ? frame.chunk : `${frame.chunk}:${frame.line}`;
    return frame.function === undefined || frame.function === "" ? `    ${place}` : `    ${msg(str`${place} in ${frame.function}`, { id: "stack-frame" })}`;
  });
}
