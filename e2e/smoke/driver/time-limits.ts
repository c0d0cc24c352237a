import { type Command, type Commands, START_LIMIT_MS } from "./commands.ts";

/** Milliseconds in which a browser answers a command: seconds on an idle machine, and a third of what a check may take. */
const COMMAND_LIMIT_MS = 20_000;
/** Milliseconds in which a session ends in good order. */
const END_LIMIT_MS = 10_000;

/**
 * The same session, in which nothing is waited for without an end. A browser that has not answered one command is asked
 * nothing any more: whatever comes then fails at once, with the same words.
 */
export function withTimeLimits(browser: string, commands: Commands): Commands {
  let lost: Error | undefined;
  return {
    async call(command, parameters) {
      if (lost !== undefined) throw lost;
      return withinLimit(commands.call(command, parameters), limitOf(command), (seconds) => {
        lost = new Error(`${browser} did not answer ${command} within ${seconds} s; its session is given up`);
        return lost;
      });
    },
    end: () => withinLimit(commands.end(), END_LIMIT_MS, (seconds) => new Error(`${browser} did not end within ${seconds} s`)),
  };
}

function limitOf(command: Command): number {
  return command === "NewSession" ? START_LIMIT_MS : COMMAND_LIMIT_MS;
}

/** What a promise gives, or an error after so many milliseconds. */
export async function withinLimit<T>(promise: Promise<T>, limitMs: number, error: (seconds: number) => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(error(limitMs / 1000)), limitMs);
  });
  // It may still fail when nobody waits for it any more.
  promise.catch(() => {});
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
