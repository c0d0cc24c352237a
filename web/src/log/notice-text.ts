import { msg, str } from "@lit/localize";
import { currentLocale } from "../locale/locale.ts";
import { counted } from "../locale/counted.ts";
import { localNumber } from "../locale/numbers.ts";
import { tooOldText } from "../workers/too-old.ts";
import type { ConsoleEntry } from "./entry.ts";
import { explanationText } from "./explanations.ts";
import type { Notice } from "./notice.ts";
import { plainText } from "@playground/safe-text";

/**
 * The words of an entry in the reader's language. What a program prints is its own; a notice is told by
 * its code and figures.
 */
export function entryText(entry: ConsoleEntry): string {
  const words = entry.notice === undefined ? withPlace(entry) : noticeText(entry.notice);
  const text = [words, ...stackLines(entry)].join("\n");
  if (entry.cut === undefined) return text;
  return `${text}… (${counted(entry.cut, msg("# character left out|# characters left out", { id: "characters-left-out" }))})`;
}

function noticeText(notice: Notice): string {
  switch (notice.code) {
    case "lines-skipped": {
      const lines = counted(notice.count, msg("# line was skipped|# lines were skipped", { id: "lines-skipped" }));
      return msg(str`Output came faster than it can be shown: ${lines}.`, { id: "notice-lines-skipped" });
    }
    case "run-started": {
      const time = new Intl.DateTimeFormat(currentLocale(), { timeStyle: "medium" }).format(notice.time);
      return msg(str`New run, ${time}`, { id: "notice-run-started" });
    }
    case "ended-by-reader":
      return msg("The program was ended at once. zone.cleanup may not have run.", { id: "notice-ended-by-reader" });
    case "worker-vanished":
      return msg("The program stopped unexpectedly, perhaps out of memory. Run restarts it.", { id: "notice-worker-vanished" });
    case "ended-by-force": {
      const seconds = localNumber(notice.seconds);
      return msg(str`The program did not stop within ${seconds} s and was ended. zone.cleanup may not have run.`, { id: "notice-ended-by-force" });
    }
    case "vm-not-loaded":
      return msg(str`Luau could not be loaded: ${notice.reason}. Check that the bridge is running, then run the program again.`, {
        id: "notice-vm-not-loaded",
      });
    case "worker-not-loaded":
      return msg("The code that runs programs could not be loaded. Check that the bridge is running, then run the program again.", {
        id: "notice-worker-not-loaded",
      });
    case "worker-crashed":
      // A worker whose memory has run out dies without giving a reason.
      return notice.reason !== ""
        ? msg(str`The program crashed: ${notice.reason}. Run restarts it.`, { id: "notice-worker-crashed-reason" })
        : msg("The program crashed, perhaps out of memory. Run restarts it.", { id: "notice-worker-crashed" });
    case "browser-too-old":
      return tooOldText(notice.lacks);
    case "update-missing": {
      const seconds = localNumber(notice.seconds);
      return msg(
        str`Something happened on the network ${seconds} s ago, but zone.socket.update() has not been called since. Call it every frame, in zone.update.`,
        { id: "notice-update-missing" },
      );
    }
    case "receive-missing": {
      const seconds = localNumber(notice.seconds);
      return msg(
        str`Bytes from ${notice.ip} have been waiting for ${seconds} s, but their connection has no onReceive. Set one: connection:onReceive(function(data) … end).`,
        { id: "notice-receive-missing" },
      );
    }
    case "disconnect-missing":
      return msg(
        str`The other side (${notice.ip}) closed the connection, but the program cannot notice it: the connection has no onDisconnect. Set one: connection:onDisconnect(function() … end).`,
        { id: "notice-disconnect-missing" },
      );
    case "send-full": {
      const taken = localNumber(notice.taken);
      const length = counted(notice.length, msg("# byte|# bytes", { id: "of-bytes" }));
      return msg(str`send took ${taken} of ${length}: the other side (${notice.ip}) reads slowly, and the send buffer is full. Send the rest later.`, {
        id: "notice-send-full",
      });
    }
    case "send-closed":
      return msg(str`send took nothing: the connection with ${notice.ip} is closed. Check it first with connection:isOpen().`, { id: "notice-send-closed" });
    case "listener-lost":
      return msg(str`The server lost port ${notice.port}: ${notice.reason}`, { id: "notice-listener-lost" });
    case "connection-limit": {
      const limit = localNumber(notice.limit);
      return msg(str`A client was refused: connection limit reached (${limit}).`, { id: "notice-connection-limit" });
    }
    case "line-cut": {
      const length = localNumber(notice.length);
      const limit = counted(notice.limit, msg("# character|# characters", { id: "to-characters" }));
      return msg(str`The line above was cut from ${length} to ${limit}.`, { id: "notice-line-cut" });
    }
    case "input-full": {
      const lines = counted(notice.limit, msg("# line waits|# lines wait", { id: "lines-waiting" }));
      return msg(str`The line you typed was lost: ${lines} for zone.console.onInput already.`, { id: "notice-input-full" });
    }
    case "pasted-lines": {
      const lines = counted(notice.lines, msg("# line|# lines", { id: "lines" }));
      const limit = localNumber(notice.limit);
      return msg(str`Nothing was sent: the pasted text has ${lines}, and at most ${limit} can be sent at once. Paste less.`, { id: "notice-pasted-lines" });
    }
    case "pasted-line": {
      const [line, limit] = [localNumber(notice.line), localNumber(notice.limit)];
      const length = counted(notice.length, msg("# character|# characters", { id: "characters" }));
      return msg(str`Nothing was sent: line ${line} of the pasted text has ${length}, and a line of input at most ${limit}. Shorten it.`, {
        id: "notice-pasted-line",
      });
    }
    case "cleanup-waits":
      return msg("zone.cleanup was waiting for a call such as listen or delay, so the program ended before it was finished.", { id: "notice-cleanup-waits" });
    case "network-failure":
    case "error-explained":
      return explanationText(notice);
    case "unknown-host":
      return `${explanationText({ code: "network-failure", failure: "unknown-host" })} ${whoIsThere(notice)}`;
    case "password-needed":
      return msg("The program cannot enter the room without its password. Enter it in the page, then run the program again.", { id: "notice-password-needed" });
    case "room-full":
      return msg("The room is full, so the program has no network.", { id: "notice-room-full" });
    case "bridge-full":
      return msg(str`The bridge rejected the program: ${notice.reason}`, { id: "notice-bridge-full" });
    case "bridge-lost":
      return msg("The connection to the bridge was lost, and all sockets of this program with it. Run the program again when the bridge is back.", {
        id: "notice-bridge-lost",
      });
  }
}

/** In which room the page is, and who else is there; names are what strangers chose. */
function whoIsThere({ room, machines, more }: Notice & { code: "unknown-host" }): string {
  const names = machines.map((name) => plainText(name).replaceAll(/\s/g, "")).join(", ");
  if (names === "") return msg(str`You are alone in the room ${room}.`, { id: "notice-alone-in-room" });
  const rest = more > 0 ? msg(str` and ${localNumber(more)} more`, { id: "room-more-ports" }) : "";
  return msg(str`You are in the room ${room}. Others there: ${names}${rest}.`, { id: "notice-who-is-there" });
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
      return `    … ${counted(frame.skipped, msg("# call left out|# calls left out", { id: "stack-skipped" }))}`;
    }
    const place = frame.line === undefined ? frame.chunk : `${frame.chunk}:${frame.line}`;
    return frame.function === undefined || frame.function === "" ? `    ${place}` : `    ${msg(str`${place} in ${frame.function}`, { id: "stack-frame" })}`;
  });
}
