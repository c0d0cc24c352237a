import type { ProgramView } from "../support/program-view.ts";
import { expect, test } from "../support/test.ts";

/** A server that says of itself, when it is asked under its console, whether anything was called back; `frame` is what it does in each. */
const server = (port: number, frame: string): string => `
local called = false
zone.socket.server.new():listen(${port}, function(connection)
	called = true
	print("joined")
end)
zone.console.onInput(function()
	print(if called then "something was called back" else "nothing was called back")
end)
print("listening")
function zone.update()
	${frame}
end
`;

/** Asks a program, and gives all that it has printed until its answer. */
async function asked(program: ProgramView): Promise<string[]> {
  const field = program.panel.getByTestId("console-input");
  await field.fill("?");
  await field.press("Enter");
  await program.shows(" was called back");
  return program.allLines();
}

test("without zone.socket.update() nothing is called back, and after 3 s the console hints at it once; who calls it gets no hint at it", async ({
  playground,
  spawn,
}) => {
  const address = await playground.address();
  // Nobody takes the bytes, which is not the same as nobody calling update().
  const updating = await playground.runClient(server(8081, "zone.socket.update()"));
  await updating.shows("listening");
  const forgetful = await playground.runServer(server(8080, ""));
  await forgetful.shows("listening");
  spawn("nc", address, 8081).write("anyone there?\n");
  await updating.shows("joined");

  const began = Date.now();
  spawn("nc", address, 8080).write("anyone there?\n");
  const hint = await forgetful.shows("zone.socket.update()", { level: "notice" });
  expect(Date.now() - began).toBeGreaterThan(2_500);
  expect(hint).toContain("3 s");
  // More happens, but the hint has been given.
  const another = spawn("nc", "-v", address, 8080);
  await expect.poll(() => another.errors).toContain("succeeded");
  another.write("hello?\n");
  expect(await asked(forgetful)).toEqual(["listening", hint, "Typed: ?", "nothing was called back"]);
  // It has waited for longer than the other, and its hint is of another kind.
  const taken = await updating.shows("onReceive", { level: "notice" });
  expect(await asked(updating)).toEqual(["listening", "joined", taken, "Typed: ?", "something was called back"]);
});
