import { msg } from "@lit/localize";
import { isPressed, isTyping, type Shortcut } from "./shortcut.ts";
import { Model } from "./model.ts";

/** The parts of the menu, in their order. */
export const COMMAND_GROUPS = ["project", "edit", "run", "view", "help"] as const;

export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** Something that the reader can tell the page to do: an entry of the menu, and perhaps a shortcut. */
export interface Command {
  /** Group and name, as in `run.all`; unique. */
  readonly id: string;
  readonly group: CommandGroup;
  /** What it does, in the reader's language; asked anew whenever it is shown. */
  label(): string;
  /** The first is the one that the menu shows. */
  readonly shortcut?: Shortcut | readonly Shortcut[];
  /** The keys belong to a part of the page that listens to them itself; here they are only shown. */
  readonly keysElsewhere?: true;
  /** Listed among the shortcuts, but not in the menu. */
  readonly menu?: false;
  run(): void | Promise<void>;
  /** Without this it can always be run. */
  isEnabled?(): boolean;
}

/** The commands of the page. Every area adds its own; the menu, the keys and the list of shortcuts come from here. */
export class Commands extends Model {
  #commands: readonly Command[] = [];

  /**
   * Adds commands behind those of the same groups. Gives the function that takes them away again.
   * Throws a RangeError for an id that is taken.
   */
  add(commands: readonly Command[]): () => void {
    for (const [index, { id }] of commands.entries()) {
      if (this.find(id) !== undefined || commands.findIndex((other) => other.id === id) !== index) throw new RangeError(`there is a command ${id} already`);
    }
    this.#commands = [...this.#commands, ...commands];
    this.changed();
    return () => {
      this.#commands = this.#commands.filter((command) => !commands.includes(command));
      this.changed();
    };
  }

  get all(): readonly Command[] {
    return this.#commands;
  }

  /** The commands of a group, in the order in which they came. */
  of(group: CommandGroup): readonly Command[] {
    return this.#commands.filter((command) => command.group === group);
  }

  find(id: string): Command | undefined {
    return this.#commands.find((command) => command.id === id);
  }

  /** Runs a command, unless it cannot be run now. */
  run(id: string): void {
    const command = this.find(id);
    if (command !== undefined && command.isEnabled?.() !== false) void command.run();
  }

  /** Runs the command whose keys were pressed, and keeps the browser from doing something else with them. */
  readonly handleKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const inTextField = isTextField(event.composedPath()[0]);
    const command = this.#commands.find(
      (candidate) =>
        candidate.keysElsewhere !== true && shortcutsOf(candidate).some((shortcut) => isPressed(shortcut, event) && !(inTextField && isTyping(shortcut))),
    );
    if (command === undefined) return;
    event.preventDefault();
    if (command.isEnabled?.() !== false) void command.run();
  };
}

export function shortcutsOf({ shortcut }: Command): readonly Shortcut[] {
  return shortcut === undefined ? [] : typeof shortcut === "string" ? [shortcut] : shortcut;
}

/** A group's name in the reader's language. */
export function groupText(group: CommandGroup): string {
  switch (group) {
    case "project":
      return msg("Project", { id: "group-project" });
    case "edit":
      return msg("Edit", { id: "group-edit" });
    case "run":
      return msg("Run", { id: "group-run" });
    case "view":
      return msg("View", { id: "group-view" });
    case "help":
      return msg("Help", { id: "group-help" });
  }
}

function isTextField(target: EventTarget | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["button", "checkbox", "radio", "range", "submit"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}
