import { type Installation, PROJECT } from "./installation.ts";
import { LIMIT_OPTIONS } from "./limit-options.ts";
import { type Option, variableOf } from "./option.ts";
import { OPTIONS } from "./options.ts";

const LINE_WIDTH = 100;
const INDENT = 6;

/** What `--help` prints. */
export function helpText({ command, otherCommands = [], page, data }: Installation = PROJECT): string {
  const fallbacks = new Map([
    ["page", page.name],
    ["data", data.name],
  ]);
  return `Zone Playground bridge: serves the page, and connects its scripts to real TCP.

Usage: ${command} [options]
       ${command} scripts list|remove   (the scripts of short links; scripts --help tells more)
${otherCommands.map((other) => `       ${command} ${other}\n`).join("")}In a class: ${command} --host 0.0.0.0 --room lesson-7b   (docs/teaching.en.md, docs/teaching.ru.md)

${Object.entries(OPTIONS)
  .map(([name, option]) => describe(name, { ...option, fallback: fallbacks.get(name) ?? option.fallback }))
  .join("\n")}
  --config FILE   (ZONE_CONFIG)
      A file of JSON with any of these options by their names: {"port": 8080, "allow": ["a.example:80"]}.
  --help, --version

Limits; over one of them a script gets the error limit-exceeded. BYTES may end in KiB, MiB or GiB.

${[...LIMIT_OPTIONS].map(([name, { option }]) => describe(name, option)).join("\n")}

An option beats the variable in brackets, which beats the file. Variables of repeatable options take a list with commas.

TARGET is <host or CIDR>[:<port or range>]:
  example.com:80           what this name leads to of the public internet
  10.0.0.0/8:8000-8010     a range of addresses; private and other special ones only if all of the range is
  [2001:db8::1]:443        IPv6 in brackets, when a port follows
  host.zone.internal:5432  a service on the bridge's own machine (the same as 127.0.0.1 or localhost here);
                           never the bridge itself
RANGE is an IP address, or a range of them such as 10.0.0.0/8.
`;
}

function describe(
  name: string,
  { placeholder, help, fallback, isRepeatable }: Pick<Option<unknown>, "placeholder" | "help" | "fallback" | "isRepeatable">,
): string {
  const text = `${help}. ${isRepeatable ? "Repeatable. " : ""}Default: ${fallback}.`;
  return `  --${name} ${placeholder}   (${variableOf(name)})\n${wrap(text)}`;
}

function wrap(text: string): string {
  const lines: string[] = [];
  let line = " ".repeat(INDENT - 1);
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > LINE_WIDTH && line.trim() !== "") {
      lines.push(line);
      line = " ".repeat(INDENT - 1);
    }
    line += ` ${word}`;
  }
  return [...lines, line].join("\n");
}
