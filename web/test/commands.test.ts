import { describe, expect, it } from "vitest";
import { Commands, type Command, shortcutsOf } from "../src/ui/commands.ts";
import { ariaShortcut, isPressed, isTyping, shortcutText } from "../src/ui/shortcut.ts";

const command = (id: string, more: Partial<Command> = {}): Command => ({ id, group: "run", label: () => id, run: () => {}, ...more });

function press(key: string, code: string, modifiers: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey" | "altKey", boolean>> = {}) {
  return { key, code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers };
}

describe("a shortcut", () => {
  it.each([
    ["Mod-Enter", "Ctrl+Enter", "⌘↩", "Control+Enter", "Meta+Enter"],
    ["Mod-Shift-Enter", "Ctrl+Shift+Enter", "⇧⌘↩", "Control+Shift+Enter", "Meta+Shift+Enter"],
    ["Shift-Alt-f", "Alt+Shift+F", "⌥⇧F", "Alt+Shift+f", "Alt+Shift+f"],
    ["Alt-ArrowLeft", "Alt+←", "⌥←", "Alt+ArrowLeft", "Alt+ArrowLeft"],
    ["?", "?", "?", "?", "?"],
    ["F1", "F1", "F1", "F1", "F1"],
  ])("%s is spelled for PC and Mac", (shortcut, pc, mac, ariaPc, ariaMac) => {
    expect([shortcutText(shortcut, false), shortcutText(shortcut, true)]).toEqual([pc, mac]);
    expect([ariaShortcut(shortcut, false), ariaShortcut(shortcut, true)]).toEqual([ariaPc, ariaMac]);
  });
  it.each([
    ["Mod-Enter", press("Enter", "Enter", { ctrlKey: true }), true, false],
    ["Mod-Enter", press("Enter", "Enter", { metaKey: true }), false, true],
    ["Mod-Enter", press("Enter", "Enter", { ctrlKey: true, shiftKey: true }), false, false],
    ["Mod-Enter", press("Enter", "Enter"), false, false],
    ["Alt-n", press("n", "KeyN", { altKey: true }), true, true],
    ["Alt-n", press("т", "KeyN", { altKey: true }), true, true],
    ["Alt-n", press("Dead", "KeyN", { altKey: true }), true, true],
    ["Alt-n", press("b", "KeyN", { altKey: true }), false, false],
    ["Alt-n", press("N", "KeyN", { altKey: true, shiftKey: true }), false, false],
    ["Mod-.", press("ю", "Period", { ctrlKey: true }), true, false],
    ["?", press("?", "Slash", { shiftKey: true }), true, true],
    ["?", press("?", "Digit7", { shiftKey: true }), true, true],
    ["?", press("?", "Slash", { ctrlKey: true, shiftKey: true }), false, false],
  ])("%s and what was pressed: %j", (shortcut, event, pc, mac) => {
    expect([isPressed(shortcut, event, false), isPressed(shortcut, event, true)]).toEqual([pc, mac]);
  });
  it("waits outside of text fields if it would write there", () => {
    expect(["?", "Shift-a", "Enter"].map(isTyping)).toEqual([true, true, true]);
    expect(["F1", "Mod-Enter", "Alt-n", "Escape"].map(isTyping)).toEqual([false, false, false, false]);
  });
});

describe("Commands", () => {
  it("keeps groups and order, and forgets what was taken away", () => {
    const commands = new Commands();
    let told = 0;
    commands.subscribe(() => told++);
    commands.add([command("run.a"), command("help.a", { group: "help" })]);
    const take = commands.add([command("run.b")]);
    expect(commands.of("run").map(({ id }) => id)).toEqual(["run.a", "run.b"]);
    take();
    expect(commands.all.map(({ id }) => id)).toEqual(["run.a", "help.a"]);
    expect(told).toBe(3);
  });
  it("refuses an id twice, and then adds none", () => {
    const commands = new Commands();
    commands.add([command("run.a")]);
    expect(() => commands.add([command("run.b"), command("run.a")])).toThrow("run.a");
    expect(() => commands.add([command("run.c"), command("run.c")])).toThrow("run.c");
    expect(commands.all).toHaveLength(1);
  });
  it("runs only what is enabled", () => {
    const ran: string[] = [];
    const commands = new Commands();
    commands.add([command("run.a", { run: () => void ran.push("a") }), command("run.b", { run: () => void ran.push("b"), isEnabled: () => false })]);
    for (const id of ["run.a", "run.b", "run.none"]) commands.run(id);
    expect(ran).toEqual(["a"]);
  });
  it("gives one shortcut or several alike", () => {
    expect(shortcutsOf(command("run.a"))).toEqual([]);
    expect(shortcutsOf(command("run.a", { shortcut: "F1" }))).toEqual(["F1"]);
    expect(shortcutsOf(command("run.a", { shortcut: ["F1", "?"] }))).toEqual(["F1", "?"]);
  });
});
