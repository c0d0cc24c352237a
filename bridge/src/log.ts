/** Writes one line for people who run the bridge. */
export type Log = (line: string) => void;

/** Lines a second that are written: a client that is refused all the time must not fill the disk. */
const MAX_LINES_PER_SECOND = 20;

/** A log with the time in front of each line, which leaves lines out (and says how many) when there are too many. */
export function createLog(write: (text: string) => void, now: () => Date = () => new Date()): Log {
  let second = 0;
  let lines = 0;
  return (line) => {
    const time = now();
    const thisSecond = Math.floor(time.getTime() / 1000);
    if (thisSecond !== second) {
      if (lines > MAX_LINES_PER_SECOND) write(`${time.toISOString()} (${lines - MAX_LINES_PER_SECOND} more lines left out)\n`);
      second = thisSecond;
      lines = 0;
    }
    lines += 1;
    if (lines <= MAX_LINES_PER_SECOND) write(`${time.toISOString()} ${oneLine(line)}\n`);
  };
}

/** What a client sent may hold line breaks and terminal codes. */
function oneLine(text: string): string {
  return text.replace(/[^\x20-\x7e\u00a0-\u{10ffff}]/gu, "?");
}
