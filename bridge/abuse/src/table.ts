import { type Trial, verdictOf } from "./trial.ts";
import { mebibytes } from "./verdict.ts";

const HEAD = [
  "attack",
  "elsewhere p50 / p99 / max, ms",
  "newcomers p95, ms",
  "refused",
  "a class elsewhere p99 / lost",
  "neighbours p99 / lost",
  "memory before → peak → after, MiB",
  "quiet p99 / machine p99, ms",
  "verdict",
];

/** All trials as a table in Markdown. */
export function trialTable(trials: readonly Trial[]): string {
  const rows = trials.map(cellsOf);
  const widths = HEAD.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(HEAD), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.map(line)].join("\n");
}

/** One trial in words, for whoever waits. */
export function trialText(trial: Trial): string {
  const { attack, counts, faults, probe, neighbours } = trial;
  const reached = Object.entries(counts).map(([what, count]) => `${count < 10 ? count.toFixed(count % 1 === 0 ? 0 : 1) : count.toFixed(0)} ${what}`);
  const worst = `elsewhere p99 ${ms(probe.roundTrips.p99)}, neighbours p99 ${ms(neighbours?.roundTrips.p99 ?? 0)}`;
  return [
    `${verdictOf(trial).padEnd(5)}  ${attack.name}: ${attack.what} (${reached.join(", ") || "nothing"}); ${worst}`,
    ...faults.map((fault) => `         ${fault}`),
  ].join("\n");
}

function cellsOf(trial: Trial): string[] {
  const { attack, probe, class: elsewhere, neighbours, memory, quietP99, faults } = trial;
  const { roundTrips, arrivals, machine, losses } = probe;
  const crowd = (report: Trial["class"]): string => (report === undefined ? "" : `${ms(report.roundTrips.p99)} / ${report.losses.length}`);
  return [
    attack.name,
    `${ms(roundTrips.p50)} / ${ms(roundTrips.p99)} / ${ms(roundTrips.max)}`,
    arrivals.count === 0 ? "" : ms(arrivals.p95),
    String(losses.length),
    crowd(elsewhere),
    crowd(neighbours),
    [memory.before, memory.peak, memory.after].map(mebibytes).join(" → "),
    `${ms(quietP99)} / ${ms(machine.p99)}`,
    faults.length === 0
      ? "holds"
      : `${verdictOf(trial)}: ${faults
          .map((fault) => fault.replaceAll("|", "/"))
          .join(", ")
          .slice(0, 160)}`,
  ];
}

function ms(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}
