import { UPDATE } from "../support/luau.ts";
import { expect, test } from "../support/test.ts";

// What all rooms of the bridge hold is counted.
test.use({ hasOwnBridge: true });

/** A program for each kind of callback, which raises in it; `-- here` marks the line. */
const PLACES: Readonly<Record<string, string>> = {
  "the main chunk": `
print("begun")
error("boom") -- here
`,
  "zone.init": `
function zone.init()
	error("boom") -- here
end
`,
  "zone.update": `
local frames = 0
function zone.update()
	frames += 1
	if frames == 10 then
		error("boom") -- here
	end
end
`,
  "a function that zone.update calls": `
local function inner(value)
	return value.field.field -- here: attempt to index nil with 'field'
end
function zone.update()
	inner({})
end
`,
  "the callback of server:listen": `
zone.socket.server.new():listen(8080, function(connection)
	error("boom") -- here
end)
print("listening")
${UPDATE}
`,
  "the callback of client:listen": `
local server = zone.socket.server.new()
server:listen(8080, function() end)
function zone.init()
	zone.socket.client.new():listen("127.0.0.1", 8080, function(connection)
		error("boom") -- here
	end)
end
${UPDATE}
`,
  onReceive: `
zone.socket.server.new():listen(8080, function(connection)
	connection:onReceive(function(data)
		error("boom") -- here
	end)
end)
print("listening")
${UPDATE}
`,
  onDisconnect: `
zone.socket.server.new():listen(8080, function(connection)
	connection:onDisconnect(function()
		error("boom") -- here
	end)
end)
print("listening")
${UPDATE}
`,
};

test("an error in the main chunk, in init, update and every callback ends the program, marks its line, and leaves no socket", async ({
  playground,
  spawn,
  bridge,
}) => {
  for (const [place, source] of Object.entries(PLACES)) {
    await test.step(place, async () => {
      const program = `${source}\nlocal cleanups = 0\nfunction zone.cleanup()\n\tcleanups += 1\n\tprint("cleanup " .. cleanups)\nend\n`
        // The main chunk that fails never comes to the lines behind it.
        .replace(/^([^]*)$/, place === "the main chunk" ? 'function zone.cleanup() print("cleanup 1") end$1' : "$1");
      const line = program.split("\n").findIndex((text) => text.includes("-- here")) + 1;
      const server = await playground.runServer(program);
      if (source.includes('print("listening")')) {
        await server.shows("listening");
        const nc = spawn("nc", "-N", await playground.address(), 8080);
        nc.write("data");
        nc.endInput();
      }
      await server.is("failed");
      const message = await server.shows(`server.luau:${line}:`, { level: "error" });
      expect(message).toMatch(/boom|attempt to index nil with 'field'/);
      await server.shows("cleanup 1");
      await expect(server.failure).toContainText(`server.luau:${line}`);
      await expect(playground.page.getByTestId("line-error")).toContainText(/boom|attempt to index nil/);
      await bridge.isQuiet();
      // It is said once.
      expect(await server.lines(/boom|attempt to index/).count()).toBe(1);
      // What comes next finds nothing of it: a program that is right runs.
      const again = await playground.runServer(`print("all is well after ${place}")\n`);
      await again.shows(`all is well after ${place}`);
      await again.is("stopped");
    });
  }
});

test("an error in zone.cleanup is shown with its line, and the program is over", async ({ playground, bridge }) => {
  const server = await playground.runServer(`
zone.socket.server.new():listen(8080, function() end)
print("listening")
${UPDATE}
function zone.cleanup()
	error("boom")
end
`);
  await server.shows("listening");
  await server.stop();
  await server.shows(/server\.luau:\d+: boom/, { level: "error" });
  await expect(server.state).toHaveAttribute("data-state", /stopped|failed/);
  await bridge.isQuiet();
});

test("the error of a required file is marked in that file", async ({ playground }) => {
  await playground.newFile("module.luau", { isProgram: false });
  await playground.paste("module.luau", 'local module = {}\nfunction module.fail()\n\terror("boom")\nend\nreturn module\n');
  const server = await playground.runServer('require("./module").fail()\n');
  await server.is("failed");
  await server.shows("module.luau:3: boom", { level: "error" });
  // The button beside the message leads there.
  await server.failure.getByRole("button").click();
  await expect(playground.page.locator('zp-file-tabs [data-file="module.luau"]')).toHaveAttribute("aria-selected", "true");
  await expect(playground.page.getByTestId("line-error")).toContainText("boom");
});
