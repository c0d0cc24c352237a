import { msg, str } from "@lit/localize";
import { plainText } from "@playground/safe-text";
import type { Note } from "@playground/capture";
import { endpointText } from "@playground/network";
import { counted } from "../locale/counted.ts";
import { localNumber } from "../locale/numbers.ts";
import { bytesText } from "./size-text.ts";

/** What is worth knowing about an item, and what to do about it, in the reader's words. */
export function noteText(note: Note): string {
  switch (note.code) {
    case "send-split": {
      const pieces = counted(note.pieces, msg("# piece|# pieces", { id: "net-pieces" }));
      return msg(str`One send arrived in ${pieces}. TCP carries bytes, not messages: gather them until a message is whole.`, { id: "note-send-split" });
    }
    case "sends-glued": {
      const sends = counted(note.sends, msg("# send|# sends", { id: "net-of-sends" }));
      return msg(
        str`Bytes of ${sends} arrived as one. TCP does not keep them apart: say in the bytes themselves where a message ends, by its length or a line break.`,
        {
          id: "note-sends-glued",
        },
      );
    }
    case "send-short": {
      const taken = bytesText(note.taken);
      const asked = localNumber(note.asked);
      return msg(str`send took ${taken} of ${asked}: the send buffer is full, since the other side reads slowly. Send the rest later.`, {
        id: "note-send-short",
      });
    }
    case "no-receiver": {
      const waiting = bytesText(note.waiting);
      return msg(str`Nobody takes these bytes: the connection has no onReceive. Waiting: ${waiting}.`, { id: "note-no-receiver" });
    }
    case "update-missing": {
      const seconds = localNumber(note.seconds);
      return msg(str`These bytes have waited ${seconds} s: zone.socket.update() was not called. Call it every frame, in zone.update.`, {
        id: "note-update-missing",
      });
    }
    case "end-unread": {
      const unread = bytesText(note.unread);
      return msg(str`The stream ended before the program had read everything. Unread: ${unread}.`, { id: "note-end-unread" });
    }
    case "nobody-listens": {
      const where = plainText(endpointText(note.host, note.port));
      const listeners = note.listeners.map(({ program, port }) => msg(str`${program} listens on port ${port}`, { id: "note-who-listens" })).join(", ");
      return listeners === ""
        ? msg(str`Nobody listens on ${where}. Start the server first, and check address and port.`, { id: "note-nobody-listens" })
        : msg(str`Nobody listens on ${where}. In this page ${listeners}.`, { id: "note-nobody-listens-there" });
    }
    case "closed-early": {
      const underWay = bytesText(note.underWay);
      const unread = bytesText(note.unread);
      return msg(str`This side closed before it had read everything. Still under way: ${underWay}; here and unread: ${unread}. They are lost to the program.`, {
        id: "note-closed-early",
      });
    }
    case "left-open":
      return msg("The program ended while this connection was open, so it was closed for it. A program can close its connections itself, in zone.cleanup.", {
        id: "note-left-open",
      });
    case "bytes-cut": {
      const kept = bytesText(note.kept);
      const size = localNumber(note.size);
      return msg(str`Kept of them: the first ${kept} of ${size}. A capture has a limit.`, { id: "note-bytes-cut" });
    }
  }
}
