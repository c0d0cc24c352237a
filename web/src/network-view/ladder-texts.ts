import { msg, str } from "@lit/localize";
import { plainText } from "@playground/safe-text";
import type { Arrow, CallSite, LadderItem, Mark } from "@playground/capture";
import { endpointText } from "@playground/network";
import { counted } from "../locale/counted.ts";
import { plainBytes } from "./byte-text.ts";
import { bytesText } from "./size-text.ts";

/** Characters of the bytes that a sentence quotes: what follows takes long to be read out. */
const QUOTED_CHARS = 60;

/** How lifelines are called. */
export interface Names {
  /** The name of a lifeline; undefined for one that is not known. */
  nameOf(lifeline: string): string | undefined;
}

/** What an item is, in a few words: what stands beside its mark or at its arrow. */
export function kindText(item: LadderItem): string {
  return item.shape === "arrow" ? arrowKindText(item) : markKindText(item);
}

function arrowKindText({ kind, state, remote, target }: Arrow): string {
  const end = remote ?? target;
  const to = end === undefined ? "" : plainText(endpointText(end.address, end.port));
  switch (kind) {
    case "connect":
      if (state === "refused") return msg(str`connection refused ${to}`, { id: "net-refused" });
      if (state === "failed") return msg(str`could not connect ${to}`, { id: "net-connect-failed" });
      return msg(str`connects ${to}`, { id: "net-connect" });
    case "bytes":
      return state === "failed" ? msg("send took nothing", { id: "net-took-nothing" }) : msg("bytes", { id: "net-bytes" });
    case "end":
      return msg("end of stream", { id: "net-end" });
    case "reset":
      return msg("reset", { id: "net-reset" });
  }
}

function markKindText({ kind, endpoint, how, control, state, lost, text }: Mark): string {
  const at = endpoint === undefined ? "" : endpointText(endpoint.address, endpoint.port);
  switch (kind) {
    case "listen":
      return msg(str`listens on ${at}`, { id: "net-listen" });
    case "listen-failed":
      return msg(str`could not listen on ${at}`, { id: "net-listen-failed" });
    case "listener-closed":
      return msg(str`no longer listens on ${at}`, { id: "net-listener-closed" });
    case "listener-lost":
      return msg(str`lost the port ${at}`, { id: "net-listener-lost" });
    case "closed":
      return how === "abort" ? msg("breaks off the connection", { id: "net-aborted" }) : msg("closes the connection", { id: "net-closed" });
    case "broken":
      return msg("the connection broke", { id: "net-broken" });
    case "printed":
      return plainText(text ?? "");
    case "control":
      return controlText(control);
    case "lost": {
      const events = counted(lost?.events ?? 0, msg("# event is missing here|# events are missing here", { id: "net-lost" }));
      return msg(str`${events}: they came too fast to be kept`, { id: "net-lost-why" });
    }
    case "program":
      if (state === "started") return msg("starts", { id: "net-program-started" });
      return state === "failed" ? msg("failed", { id: "state-failed" }) : msg("is over", { id: "net-program-stopped" });
  }
}

function controlText(control: Mark["control"]): string {
  switch (control?.kind) {
    case "pause":
      return msg("Paused: nothing is delivered", { id: "net-paused" });
    case "resume":
      return msg("Goes on", { id: "net-resumed" });
    case "step":
      return msg("One delivery let through", { id: "net-stepped" });
    case "conditions":
      return control.summary === ""
        ? msg("No conditions any more", { id: "net-conditions-none" })
        : control.direction === "in"
          ? msg(str`Conditions for what arrives: ${control.summary}`, { id: "net-conditions-in" })
          : msg(str`Conditions for what is sent: ${control.summary}`, { id: "net-conditions-out" });
    case undefined:
      return "";
  }
}

/** What has become of an arrow, where that is worth a word. */
export function stateText({ kind, state }: Arrow): string {
  if (kind === "connect" && (state === "arrived" || state === "received")) return msg("accepted", { id: "net-accepted" });
  switch (state) {
    case "under-way":
      return msg("under way", { id: "net-state-under-way" });
    case "held":
      return msg("held up", { id: "net-state-held" });
    case "thrown-away":
      return msg("never read", { id: "net-state-thrown-away" });
    case "arrived":
      return msg("arrived", { id: "net-state-arrived" });
    case "received":
      return msg("received", { id: "net-state-received" });
    case "refused":
      return msg("refused", { id: "net-state-refused" });
    case "failed":
      return msg("failed", { id: "state-failed" });
  }
}

/** Which part of its `send` an arrow is, and how many sends came in its arrival: empty where both are one. */
export function partTexts({ piece }: Arrow): readonly string[] {
  const texts: string[] = [];
  const { send, arrival } = piece ?? {};
  if (send?.of !== undefined && send.of > 1) texts.push(msg(str`part ${send.part} of ${send.of}`, { id: "net-part" }));
  else if (send !== undefined && send.of === undefined && send.part > 1) texts.push(msg(str`part ${send.part}`, { id: "net-part-open" }));
  if (arrival !== undefined && arrival.sends > 1) texts.push(counted(arrival.sends, msg("# send in one|# sends in one", { id: "net-sends" })));
  return texts;
}

/** An item as a sentence for those who do not see the ladder: who, to whom, how much, what it reads as, which part, which line. */
export function sentence(item: LadderItem, names: Names): string {
  const parts = item.shape === "arrow" ? arrowParts(item, names) : markParts(item, names);
  return parts.filter((part) => part !== "").join(", ");
}

function arrowParts(arrow: Arrow, names: Names): readonly string[] {
  const { piece, kind, from, to } = arrow;
  const ends = msg(str`${nameIn(names, from)} to ${nameIn(names, to)}`, { id: "net-from-to" });
  const what =
    piece === undefined || kind !== "bytes"
      ? [kindText(arrow)]
      : [bytesText(piece.size), msg(str`“${plainBytes(piece.bytes, QUOTED_CHARS)}”`, { id: "net-quoted" })];
  return [
    ends,
    ...what,
    ...partTexts(arrow),
    // Of one that came to nothing its kind says so.
    ...(kind === "connect" && (arrow.state === "refused" || arrow.state === "failed") ? [] : [stateText(arrow)]),
    lineText(arrow.sender),
  ];
}

function markParts(mark: Mark, names: Names): readonly string[] {
  const what = mark.kind === "printed" ? msg(str`prints ${kindText(mark)}`, { id: "net-prints" }) : kindText(mark);
  return [mark.on === undefined ? what : `${nameIn(names, mark.on)}: ${what}`, lineText(mark.site)];
}

function lineText(site: CallSite | undefined): string {
  return site?.place === undefined ? "" : msg(str`line ${site.place.line}`, { id: "net-line" });
}

function nameIn(names: Names, lifeline: string): string {
  return plainText(names.nameOf(lifeline) ?? msg("somebody", { id: "net-somebody" }));
}
