import type { PartyReport } from "./parties/party.ts";

/** How long a client of another address may be held up, ms, in all but one of a hundred cases. */
export const ELSEWHERE_P99_MS = 50;

/** The same for a class there, whose words go from script to script: through the bridge twice in each direction, where the probe's go once. */
export const CLASS_P99_MS = 2 * ELSEWHERE_P99_MS;

/** The same for a neighbour behind the attacker's own address. */
export const NEIGHBOUR_P99_MS = 200;

/** The same for what a newcomer does, in all but one of twenty cases: there are too few of them for hundredths. */
export const ARRIVAL_P95_MS = 50;

/** What one address can make the bridge hold, bytes: its share of what peers do not read (256 MiB), and what goes with it. */
export const GROWTH_BYTES = 400 * 1024 * 1024;

/** What may be left of it a few seconds later: memory goes back, but the allocator keeps some. */
export const REMAINDER_BYTES = 160 * 1024 * 1024;

/** Above this the machine itself is so far behind that faults say nothing, ms: the attack is tried again, and then not judged. */
export const MACHINE_P99_MS = 20;

/** What a trial has seen. */
export interface Seen {
  readonly probe: PartyReport;
  /** Sessions that have nothing to do with the attacker, and those behind its address; undefined where the target has no rooms. */
  readonly class: PartyReport | undefined;
  readonly neighbours: PartyReport | undefined;
  readonly memory: { readonly before: number; readonly peak: number; readonly after: number };
}

/** What is wrong with what was seen, in words; empty: nothing. `patience`: delays may be so many times as long, on a machine that does other things meanwhile. */
export function faultsOf({ probe, class: elsewhere, neighbours, memory }: Seen, patience: number): string[] {
  const faults: string[] = [];
  // What the machine itself is behind is not the target's doing.
  const behind = probe.machine.p99;
  const limit = (who: string, value: number, most: number, what: string): void => {
    if (value - behind > most * patience)
      faults.push(`${who}: ${what} ${value.toFixed(0)} ms, more than ${most * patience}${behind < 1 ? "" : ` and the machine's own ${behind.toFixed(0)}`}`);
  };
  limit("elsewhere", probe.roundTrips.p99, ELSEWHERE_P99_MS, "p99");
  limit("newcomers elsewhere", probe.arrivals.p95, ARRIVAL_P95_MS, "p95");
  if (elsewhere !== undefined) limit("a class elsewhere", elsewhere.roundTrips.p99, CLASS_P99_MS, "p99");
  if (neighbours !== undefined) limit("neighbours", neighbours.roundTrips.p99, NEIGHBOUR_P99_MS, "p99");
  for (const [who, report] of Object.entries({ elsewhere: probe, "a class elsewhere": elsewhere, neighbours })) {
    if (report !== undefined && report.losses.length > 0) faults.push(`${who}: ${lossText(report.losses)}`);
  }
  if (memory.peak - memory.before > GROWTH_BYTES) faults.push(`memory grew by ${mebibytes(memory.peak - memory.before)} MiB`);
  if (memory.after - memory.before > REMAINDER_BYTES) faults.push(`${mebibytes(memory.after - memory.before)} MiB did not go back`);
  return faults;
}

/** Bytes in MiB, without a fraction. */
export function mebibytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(0);
}

/** Losses with how often each came, the most frequent first. */
export function lossText(losses: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const loss of losses) counts.set(loss, (counts.get(loss) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const text = sorted.slice(0, 2).map(([loss, count]) => `${count > 1 ? `${count} × ` : ""}${loss}`);
  return `${text.join("; ")}${sorted.length > 2 ? `; and ${sorted.length - 2} more kinds` : ""}`;
}
