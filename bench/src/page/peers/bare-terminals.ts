import { Terminal } from "@xterm/xterm";

/** Terminals of xterm.js and nothing else. What they are to do is in the address. */
const options = new URLSearchParams(location.search);
const count = Number(options.get("terminals"));
document.body.style.cssText = "margin: 0; display: grid; grid-template-columns: repeat(4, 1fr)";

const terminals = Array.from({ length: count }, () => {
  const terminal = new Terminal({ scrollback: 10_000, cols: count === 1 ? 120 : 40, rows: count === 1 ? 40 : 10 });
  const element = document.createElement("div");
  document.body.append(element);
  terminal.open(element);
  return terminal;
});

Object.assign(globalThis, {
  /** Prints lines at one terminal, all at once; done when they are drawn. */
  async printAll(lines: number): Promise<void> {
    const [terminal] = terminals;
    for (let line = 1; line < lines; line++) terminal?.writeln(`line ${line} of the output`);
    await new Promise<void>((done) => terminal?.writeln(`line ${lines} of the output`, done));
  },
  /** Prints lines at every terminal, so many in each turn of 16 ms, for so many milliseconds. */
  async printAlong(lines: number, milliseconds: number): Promise<void> {
    let turn = 0;
    const timer = setInterval(() => {
      turn++;
      for (const terminal of terminals) for (let line = 1; line <= lines; line++) terminal.writeln(`turn ${turn}, line ${line}`);
    }, 16);
    await new Promise((done) => setTimeout(done, milliseconds));
    clearInterval(timer);
  },
});
