import type { StepResult } from "@playground/lessons";
import type { CheckReport } from "@playground/lessons/examiner";
import { afterAll, beforeAll } from "vitest";
import { CheckBridge } from "../../src/room/check-bridge.ts";

let shared: CheckBridge | undefined;

/** A bridge for all checks of a file. To be called once, at its top. */
export function useCheckBridge(): void {
  beforeAll(async () => {
    shared = await CheckBridge.start();
  });
  afterAll(async () => {
    await shared?.close();
  });
}

/** What is checked, and how. */
export interface Judged {
  /** `check.luau`; `check` stands for `zone.check`. */
  readonly check: string;
  /** Files of the learner by name; one alone is `main.luau`. Default: a program that does nothing. */
  readonly files?: string | Readonly<Record<string, string>>;
  /** Checked steps. Default: `one`. */
  readonly steps?: readonly string[];
  readonly seed?: number;
  readonly through?: string;
}

/** Runs a check on the real bridge. */
export async function judge({ check, files = "", steps = ["one"], seed = 1, through }: Judged): Promise<CheckReport> {
  const sources = new Map(Object.entries(typeof files === "string" ? { "main.luau": files } : files));
  const lesson = {
    steps: steps.map((id) => ({ id, kind: "check" as const })),
    check: new Map([["check.luau", `local check = zone.check\n${check}`]]),
    programs: [...sources.keys()],
  };
  return shared!.check(lesson, sources, seed, through);
}

/** The one result of a check with one step. */
export async function judgeStep(judged: Judged): Promise<StepResult> {
  const { results } = await judge({ ...judged, check: `check.step("one", function()\n${judged.check}\nend, { seconds = 30 })` });
  return results[0]!;
}

/** A program that sends back what comes, and prints how long each piece was. */
export const ECHO = `
local server = zone.socket.server.new()
server:listen(8080, function(connection)
	connection:onReceive(function(data)
		print("piece", #data)
		connection:send(data)
	end)
	connection:onDisconnect(function()
		print("gone")
	end)
end)
function zone.update()
	zone.socket.update()
end
`;

/** The beginning of a check of such a program. */
export const CONNECTED = `
local program = check.start()
check.expectListening(8080)
local client = check.connect(8080)
`;

/** A step that such a program passes. */
export function echoStep(id: string): string {
  return `check.step("${id}", function() ${CONNECTED} client:send("x") client:expect("x") end)\n`;
}
