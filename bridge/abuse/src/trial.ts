import { type Attack, type Counts, sleep } from "./attack.ts";
import type { PartyReport } from "./parties/party.ts";
import { TargetProcess } from "./target-process.ts";
import { ADDRESS, type Target } from "./target.ts";
import { faultsOf, MACHINE_P99_MS, type Seen } from "./verdict.ts";
import { WorkerProcess } from "./worker-process.ts";

/** How attacks are tried. */
export interface TrialSettings {
  readonly kind: Target["kind"];
  /** The compiled program of the bridge. */
  readonly main: string;
  /** How long an attack goes on, s. */
  readonly seconds: number;
  /** How many times as long delays may be: more than 1 beside other tests. */
  readonly patience: number;
}

/** One attack on one target, and what others saw of it. */
export interface Trial extends Seen {
  readonly attack: Attack;
  readonly counts: Counts;
  /** The probe's round trips before the attack, p99 in ms. */
  readonly quietP99: number;
  /** What is wrong; empty: nothing. */
  readonly faults: readonly string[];
}

/** Time in which nothing is attacked, before that and after it, ms: the first tells what the machine does anyway, the second belongs to the attack. */
const QUIET_MS = 400;
const AFTERMATH_MS = 800;
/** Time for memory to go back, ms, and how often it is looked at meanwhile. */
const MEMORY_BACK_MS = 4_000;
const LOOK_MS = 250;
/** Growth that is not waited for, bytes. */
const MEMORY_NOISE_BYTES = 40 * 1024 * 1024;
/** Tries of an attack on a machine that is busy with other things. */
const MAX_TRIES = 2;

/** What became of a trial: `busy` is one with faults on a machine that was too busy for them to say anything. */
export function verdictOf({ faults, probe }: Trial): "holds" | "FAILS" | "busy" {
  if (faults.length === 0) return "holds";
  return probe.machine.p99 > MACHINE_P99_MS ? "busy" : "FAILS";
}

/** Tries one attack; again when the machine itself was too busy. */
export async function tryAttack(attack: Attack, settings: TrialSettings): Promise<Trial> {
  let trial = await tryOnce(attack, settings);
  for (let tries = 1; tries < MAX_TRIES && verdictOf(trial) === "busy"; tries += 1) trial = await tryOnce(attack, settings);
  return trial;
}

async function tryOnce(attack: Attack, { kind, main, seconds, patience }: TrialSettings): Promise<Trial> {
  const process = await TargetProcess.start(kind, main, kind === "bridge" ? (attack.bridgeOptions ?? []) : []);
  const { target } = process;
  const workers: WorkerProcess[] = [];
  const start = (role: ConstructorParameters<typeof WorkerProcess>[0]): WorkerProcess => {
    const worker = new WorkerProcess(role);
    workers.push(worker);
    return worker;
  };
  try {
    const probe = start({ kind: "probe", target });
    const echo = await start({ kind: "echo" }).ready();
    const attacker = start({ kind: "attacker", attack: attack.name, target: { ...target, echoPort: await echo.report<number>() }, seconds });
    const crowds =
      kind === "bridge"
        ? [
            start({ kind: "crowd", target, address: ADDRESS.class, room: "class" }),
            start({ kind: "crowd", target, address: ADDRESS.attacker, room: "neighbours" }),
          ]
        : [];
    await Promise.all(workers.filter((worker) => worker !== echo).map((worker) => worker.ready()));
    const look = kind === "bridge" ? await attack.witness?.(target) : undefined;
    const measured = [probe, ...crowds];
    for (const worker of measured) worker.order("reset");
    await sleep(QUIET_MS);
    const quietP99 = (await probe.report<PartyReport>()).roundTrips.p99;
    for (const worker of measured) worker.order("reset");
    const before = process.residentBytes();
    process.peakBytes = before;

    const began = performance.now();
    attacker.order("go");
    await sleep(seconds * 1_000);
    const [counts, witnessed = []] = await Promise.all([attacker.report<Counts>(), look?.()]);
    const took = (performance.now() - began) / 1_000;
    attacker.kill();
    await sleep(AFTERMATH_MS);
    const [probeSaw, classSaw, neighboursSaw] = await Promise.all(measured.map((worker) => worker.report<PartyReport>()));
    if (probeSaw === undefined) throw new Error("the probe has not reported");
    const { peakBytes: peak } = process;
    for (const worker of workers) worker.kill();
    let after = process.residentBytes();
    for (let waited = 0; waited < MEMORY_BACK_MS && after - before > MEMORY_NOISE_BYTES; waited += LOOK_MS) {
      await sleep(LOOK_MS);
      after = process.residentBytes();
    }
    const seen: Seen = { probe: probeSaw, class: classSaw, neighbours: neighboursSaw, memory: { before, peak, after } };
    const faults = [...faultsOf(seen, patience), ...(kind === "bridge" ? [...witnessed, ...(attack.judge?.(counts, took) ?? [])] : []), ...process.faults()];
    return { ...seen, attack, counts, quietP99, faults };
  } finally {
    for (const worker of workers) worker.kill();
    await process.stop();
  }
}
