import { readFileSync } from "node:fs";
import { createConnection } from "node:net";
import { once } from "node:events";
import { expect, it } from "vitest";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import { run } from "./support/run-program.ts";

it.each(["README.md", "README.ru.md"])("the script in the project's %s echoes, and says who has left", async (name) => {
  const readme = readFileSync(new URL(`../../../${name}`, import.meta.url), "utf8");
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
