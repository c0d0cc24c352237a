/** A process of one trial: an attacker, a crowd or the probe. Arguments: its role and what it needs, as JSON. It talks to the trial in messages. */
import { createServer } from "node:net";
import type { Attack } from "./attack.ts";
import { listenEcho } from "./echo.ts";
import { crowd } from "./parties/crowd.ts";
import type { Party } from "./parties/party.ts";
import { probe } from "./parties/probe.ts";
import { ATTACKS } from "./suite.ts";
import { ADDRESS, type Target } from "./target.ts";

/** What a worker is for. */
export type Role =
  | { readonly kind: "attacker"; readonly attack: string; readonly target: Target; readonly seconds: number }
  | { readonly kind: "crowd"; readonly address: string; readonly room: string; readonly target: Target }
  /** The TCP echo that the attacker's streams reach: theirs who measure would have to serve both. Reports its port. */
  | { readonly kind: "echo" }
  | { readonly kind: "probe"; readonly target: Target };

/** What the trial asks of a worker. An attacker begins with `go`. */
export type Order = "go" | "reset" | "report";

// What an attack does not foresee is the attack's matter: the trial goes by what others see.
process.on("unhandledRejection", () => {});
process.on("disconnect", () => process.exit(0));

const role = JSON.parse(process.argv[2] ?? "") as Role;
const tell = (message: unknown): void => void process.send?.(message);

if (role.kind === "echo") await serveEcho();
else if (role.kind === "attacker") serveAttacker(attackCalled(role.attack), role.target, role.seconds);
else serveParty(await (role.kind === "crowd" ? crowd(role.target, role.address, role.room) : probe(role.target)));

function attackCalled(name: string): Attack {
  const found = ATTACKS.find((attack) => attack.name === name);
  if (found === undefined) throw new Error(`there is no attack called ${name}`);
  return found;
}

async function serveEcho(): Promise<void> {
  const port = await listenEcho(createServer());
  process.on("message", (order: Order) => {
    if (order === "report") tell({ report: port });
  });
  tell("ready");
}

function serveAttacker(attack: Attack, target: Target, seconds: number): void {
  const counts: Record<string, number> = {};
  process.on("message", (order: Order) => {
    if (order === "report") return tell({ report: counts });
    if (order !== "go") return;
    const end = performance.now() + seconds * 1_000;
    const count = (what: string, by = 1): void => void (counts[what] = (counts[what] ?? 0) + by);
    void attack
      .run({ target, address: ADDRESS.attacker, isOver: () => performance.now() >= end, count })
      .catch((error: unknown) => count(`failed: ${String(error)}`));
  });
  tell("ready");
}

function serveParty(party: Party): void {
  process.on("message", (order: Order) => {
    if (order === "reset") party.reset();
    else if (order === "report") tell({ report: party.report() });
  });
  tell("ready");
}
