import { expect, test } from "vitest";
import { Capture, type CaptureEvent, captureOf, type LadderItem } from "@playground/capture";
import { BEGINNING, ProgramTeller } from "./support/program-teller.ts";

const control = (ms: number, kind: "pause" | "resume" | "step"): CaptureEvent => ({ type: "control", at: BEGINNING + ms, control: { kind } });

/** The marks of what the reader did, with the milliseconds since the beginning and the program, where it is one's alone. */
function marks(items: readonly LadderItem[]): string[] {
  return items.flatMap((item) =>
    item.shape === "mark" && item.kind === "control" ? `${Math.round(item.at - BEGINNING)} ${item.control?.kind} ${item.on ?? "all"}` : [],
  );
}

/** Runs that each tell this. */
function told(...all: readonly (readonly CaptureEvent[])[]): string[] {
  const runs = all.map((events, index) => ({ run: index + 1, file: `${index}.luau`, at: BEGINNING, events }));
  return marks(captureOf(runs).ladder.items);
}

test("programs that tell of one pause have one mark for it and one for its end, at the time of the first", () => {
  expect(
    told([control(12, "pause"), control(105, "resume")], [control(10, "pause"), control(101, "resume")], [control(11, "pause"), control(140, "resume")]),
  ).toEqual(["10 pause all", "101 resume all"]);
});

test("whichever tells first: batches come late", () => {
  const capture = new Capture();
  const [one, two] = [capture.beginRun("a.luau", BEGINNING), capture.beginRun("b.luau", BEGINNING)];
  capture.add(one, [control(12, "pause"), control(105, "resume")]);
  capture.add(two, [control(10, "pause"), control(104, "resume")]);
  expect(marks(capture.ladder.items)).toEqual(["10 pause all", "104 resume all"]);
});

test("a program that is started during a pause is in it", () => {
  expect(told([control(10, "pause"), control(5_000, "resume")], [control(2_000, "pause"), control(5_001, "resume")])).toEqual([
    "10 pause all",
    "5000 resume all",
  ]);
});

test("each pause has its own marks, and so has one after all programs were over", () => {
  const twice = [control(10, "pause"), control(20, "resume"), control(30, "pause"), control(40, "resume")];
  expect(told(twice, twice)).toEqual(["10 pause all", "20 resume all", "30 pause all", "40 resume all"]);
  const stopped = new ProgramTeller("a.luau").add(control(10, "pause")).program(20, "stopped");
  const capture = new Capture();
  capture.add(capture.beginRun("a.luau", BEGINNING), stopped.events);
  capture.add(capture.beginRun("a.luau", BEGINNING), [control(50, "pause"), control(60, "resume")]);
  expect(marks(capture.ladder.items)).toEqual(["10 pause all", "50 pause all", "60 resume all"]);
});

test("a step is the program's that it let something through of", () => {
  expect(told([control(10, "pause"), control(15, "step")], [control(10, "pause")])).toEqual(["10 pause all", "15 step run 1"]);
});
