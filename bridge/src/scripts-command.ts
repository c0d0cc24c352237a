import { parseArgs } from "node:util";
import { parseCommandLine } from "./config/command-line.ts";
import { type Installation, PROJECT } from "./config/installation.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import { type ProjectRecord, today } from "./projects/project-records.ts";
import { ProjectStore } from "./projects/project-store.ts";
import { openProjectStorages } from "./projects/project-storage.ts";

/** What `scripts --help` prints. */
function helpText({ command }: Installation): string {
  return `Lists and removes the scripts that short links lead to. The bridge may run meanwhile.

Usage: ${command} scripts list [FILTER] [WHERE]
       ${command} scripts remove ID... [WHERE]
       ${command} scripts remove FILTER [WHERE]

list prints a line for each script, the one used longest ago first: id, bytes, days since its last use, and a name
that stands for the client address that stored it (- when that is not known).

FILTER
  --unused DAYS   those that nobody has opened for so many days
  --from NAME     those of one address, by the name that list gives it
WHERE, as for the bridge itself
  --data DIRECTORY, --storage URL, --config FILE
`;
}

/** Where the command writes, and how it ends. */
export interface CommandOutput {
  write(text: string): void;
  writeError(text: string): void;
}

type Listed = ProjectRecord & { readonly id: string };

/** Exit codes: done, something was not there or failed, and the command line was wrong. */
const [DONE, FAILED, USAGE] = [0, 1, 2] as const;

/** `scripts list` and `scripts remove`, for whoever runs the bridge. Gives the exit code. */
export async function runScriptsCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  output: CommandOutput,
  installation: Installation = PROJECT,
): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      options: {
        unused: { type: "string" },
        from: { type: "string" },
        data: { type: "string" },
        storage: { type: "string" },
        config: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
      allowPositionals: true,
    });
  } catch (error) {
    return usage(output, `${error instanceof Error ? error.message.split(/\. |\n/)[0] : String(error)}.`);
  }
  const { values, positionals } = parsed;
  const [verb, ...ids] = positionals;
  if (values.help === true) {
    output.write(helpText(installation));
    return DONE;
  }
  if (verb === undefined) return usage(output, "scripts takes a command: list or remove.");
  if (verb !== "list" && verb !== "remove") return usage(output, `${JSON.stringify(verb)} is not a command of scripts; it takes list or remove.`);
  if (values.unused !== undefined && !/^\d{1,5}$/.test(values.unused))
    return usage(output, `--unused is ${JSON.stringify(values.unused)}; it takes whole days.`);
  const hasFilter = values.unused !== undefined || values.from !== undefined;
  if (verb === "list" && ids.length > 0) return usage(output, `list takes no ids, but ${JSON.stringify(ids[0])} is given.`);
  if (verb === "remove" && hasFilter === ids.length > 0) return usage(output, "remove takes ids, or --unused and --from: one of both.");

  const where = (["data", "storage", "config"] as const).flatMap((name) => (values[name] === undefined ? [] : [`--${name}`, values[name]]));
  const settings = parseCommandLine(where, environment, { installation });
  if (settings.kind !== "start") return usage(output, settings.kind === "errors" ? `${settings.errors.join(". ")}.` : "");
  const choice = settings.options.scripts;
  if (choice === undefined) return usage(output, "There is no storage of scripts.");

  const storages = await openProjectStorages(choice, ({ message }) => output.writeError(`${String(message)}\n`));
  const store = new ProjectStore(storages, { ...DEFAULT_LIMITS, ...settings.options.limits });
  try {
    const isMeant = ({ day, owner }: Listed): boolean =>
      (values.unused === undefined || today() - day >= Number(values.unused)) && (values.from === undefined || owner === values.from);
    const meant = ids.length > 0 ? [] : (await store.list()).filter(isMeant);
    if (verb === "list") return list(meant, output);
    return await remove(store, ids.length > 0 ? ids : meant.map(({ id }) => id), output);
  } catch (error) {
    output.writeError(`The storage does not answer: ${error instanceof Error ? error.message : String(error)}\n`);
    return FAILED;
  } finally {
    await store.close().catch(() => {});
  }
}

function list(scripts: readonly Listed[], output: CommandOutput): number {
  for (const { id, bytes, day, owner } of scripts) output.write(`${id}\t${bytes}\t${today() - day}\t${owner === "" ? "-" : owner}\n`);
  const sum = scripts.reduce((total, { bytes }) => total + bytes, 0);
  output.writeError(`${scripts.length} ${scripts.length === 1 ? "script" : "scripts"}, ${sum} bytes\n`);
  return DONE;
}

async function remove(store: ProjectStore, ids: readonly string[], output: CommandOutput): Promise<number> {
  let removed = 0;
  for (const id of ids) {
    if (await store.remove(id)) removed += 1;
    else output.writeError(`There is no script with the id ${JSON.stringify(id)}.\n`);
  }
  output.writeError(`${removed} of ${ids.length} removed\n`);
  return removed === ids.length ? DONE : FAILED;
}

function usage(output: CommandOutput, message: string): number {
  output.writeError(`${message} scripts --help tells more.\n`);
  return USAGE;
}
