import type { PacketCause } from "./stream-packets.ts";

/** The lines of scripts by which a packet came to be, as editors open them: the one that made it, and the one that had its bytes. */
export function placesText({ sender, receiver }: PacketCause): string | undefined {
  const places = [sender, receiver].flatMap((place) => (place === undefined ? [] : [`${place.file}:${place.line}`]));
  return places.length === 0 ? undefined : places.join(" → ");
}
