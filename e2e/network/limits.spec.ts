import { greetingClient, UPDATE } from "../support/luau.ts";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

/** Listens on ports one after the other, and says of each how it went. */
const MANY_PORTS = `
for port = 8081, 8083 do
	local server = zone.socket.server.new()
	print(port, pcall(server.listen, server, port, function() end))
end
${UPDATE}
`;

test.describe("over a limit of the bridge, the script's console says which, and what sets it", () => {
  test.describe("ports", () => {
    test.use({ bridgeOptions: ["--max-listeners-per-session", "2"] });

    test("that one program listens on", async ({ playground }) => {
      const program = await playground.runServer(MANY_PORTS);
      await program.shows(/8081\s+true/);
      await program.shows(/8082\s+true/);
      await program.shows(/8083\s+false.*listens on 2 ports.*--max-listeners-per-session/);
      // An error that nobody catches ends the program, and its line is shown.
      await program.stop();
      const failing = await playground.runServer(
        MANY_PORTS.replace("pcall(server.listen, server, port, function() end)", "server:listen(port, function() end)"),
      );
      await failing.shows("--max-listeners-per-session", { level: "error" });
      await failing.is("failed");
    });
  });

  test.describe("programs", () => {
    test.use({ bridgeOptions: ["--max-sessions-per-machine", "2"] });

    test("of one page", async ({ playground }) => {
      // One session is the page's own, one the server's.
      const server = await playground.runServer(MANY_PORTS);
      await server.shows(/8083\s+true/);
      const client = await playground.runClient(greetingClient("127.0.0.1", 8081, "hello"));
      await client.shows("--max-sessions-per-machine", { level: "notice" });
      await server.is("running");
    });
  });

  test.describe("machines", () => {
    test.use({ bridgeOptions: ["--max-machines-per-room", "1"] });

    test("of one room", async ({ playground, openContext, bridge, room }) => {
      await playground.address();
      const late = new PlaygroundPage(await (await openContext()).newPage());
      await late.page.goto(bridge.roomUrl(room));
      await expect(late.page.getByTestId("bridge-notice")).toContainText(/full/);
      const program = late.program("client.luau");
      await program.run();
      await program.shows(/This room is full.*--max-machines-per-room/);
      await program.shows("The room is full", { level: "notice" });
    });
  });
});
