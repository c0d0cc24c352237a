import { readFileSync } from "node:fs";
import { createConnection } from "node:net";
import { once } from "node:events";
import { expect, it } from "vitest";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import { run } from "./support/run-program.ts";

it("the script in the project's README echoes, and says who has left", async () => {
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  const [, script = ""] = /```lua\n([\s\S]*?)```/.exec(readme) ?? [];
  const port = await freePort();
  const program = await run(script.replace("8080", String(port)));
  await program.until(() => program.states.includes("connecting") && program.program.state === "running");
  const socket = createConnection({ port, host: "127.0.0.1" });
  socket.end("hello");
  const [chunk] = (await once(socket, "data")) as [Buffer];
  expect(chunk.toString()).toBe("hello");
  await program.printedLine("127.0.0.1 has left");
});
