import { msg } from "@lit/localize";
import type { Arrow, LadderItem, Mark } from "@playground/capture";

/** What kind of event an item is, explained to somebody who sees it for the first time. */
export function explain(item: LadderItem): string {
  return item.shape === "arrow" ? explainArrow(item) : explainMark(item);
}

function explainArrow({ kind, state }: Arrow): string {
  switch (kind) {
    case "connect":
      if (state === "refused")
        return msg("The computer is there, but no program listens on that port, so it answered at once: refused.", { id: "explain-refused" });
      if (state === "failed") return msg("No connection came about. The reason stands below.", { id: "explain-connect-failed" });
      return explainConnect(state);
    case "bytes":
      return explainBytes(state);
    case "end":
      return msg("One side has said that it will send no more (FIN). What it had sent before still arrives, and the other side may go on sending.", {
        id: "explain-end",
      });
    case "reset":
      return msg("The connection was broken off at once (RST), without saying goodbye. Bytes that were still under way are lost.", { id: "explain-reset" });
  }
}

function explainConnect(state: Arrow["state"]): string {
  const what = msg(
    "A client asks for a connection to an address and a port. TCP agrees on it with three small packets (SYN, SYN-ACK, ACK); then bytes can go both ways.",
    { id: "explain-connect" },
  );
  if (state !== "arrived" && state !== "received") return what;
  return `${what} ${msg("Here it was accepted: the server has a connection of its own to this client, beside those to others.", { id: "explain-accepted" })}`;
}

function explainBytes(state: Arrow["state"]): string {
  switch (state) {
    case "held":
      return msg(
        "These bytes were sent, and the page holds them up: it is paused, or conditions delay them. TCP never loses them or changes their order; they only come later.",
        {
          id: "explain-held",
        },
      );
    case "failed":
      return msg(
        "The script called send, and send took nothing: the connection is closed, or its send buffer is full. What send gives back says how many bytes were taken.",
        {
          id: "explain-send-failed",
        },
      );
    case "under-way":
      return msg("These bytes were sent and have not been seen to arrive yet.", { id: "explain-under-way" });
    case "thrown-away":
      return msg("These bytes arrived or were under way when the other side closed the connection. Its program never read them.", {
        id: "explain-thrown-away",
      });
    case "arrived":
      return msg("These bytes are at the other end. A script gets them when it calls zone.socket.update(), in its onReceive.", { id: "explain-arrived" });
    default:
      return msg(
        "These bytes were sent, carried by TCP, and handed to the receiver's onReceive. TCP keeps their order, and decides itself in which pieces they come.",
        {
          id: "explain-bytes",
        },
      );
  }
}

function explainMark({ kind, how, control }: Mark): string {
  switch (kind) {
    case "listen":
      return msg("The program has opened a port. From now on clients can connect to this address and port.", { id: "explain-listen" });
    case "listen-failed":
      return msg("The program asked for a port and did not get it.", { id: "explain-listen-failed" });
    case "listener-closed":
      return msg("The port is free again. Connections that were accepted before stay open.", { id: "explain-listener-closed" });
    case "listener-lost":
      return msg("The port was lost without the program having closed it.", { id: "explain-listener-lost" });
    case "closed":
      return how === "abort"
        ? msg("The program broke off the connection at once. The other side sees a reset.", { id: "explain-aborted" })
        : msg("The program closed the connection in good order: what it had sent still arrives, then the other side sees the end of the stream.", {
            id: "explain-closed",
          });
    case "broken":
      return msg("The connection ended early: the other side reset it, or the bridge was lost.", { id: "explain-broken" });
    case "printed":
      return msg("The program printed this. Consoles and network have one clock, so it stands where it happened.", { id: "explain-printed" });
    case "control":
      return control?.kind === "conditions"
        ? msg("You changed how the network treats this program. A program never sees lost packets: TCP sends them again, and all that is seen is delay.", {
            id: "explain-conditions",
          })
        : msg("You took time in hand. Paused, everything that arrives waits; nothing is lost and nothing changes its order.", { id: "explain-control" });
    case "lost":
      return msg("So much happened at once that not all of it could be kept. The programs are not affected.", { id: "explain-lost" });
    case "program":
      return msg("A run of the program begins or is over. When it ends, all its connections and ports are closed.", { id: "explain-program" });
  }
}
