import { once } from "node:events";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../setup/free-port.mjs";

/** Listens at 127.0.0.1 for as long as the test takes. */
async function listen(port: number): Promise<void> {
  const server = createServer().listen(port, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
}

test("a free port can be listened on", async () => {
  const port = await freePort();
  expect(port).toBeGreaterThan(0);
  await listen(port);
});

test("the port that is wanted is given while it is free, and refused once it is taken", async () => {
  const port = await freePort();
  expect(await freePort(port)).toBe(port);
  await listen(port);
  await expect(freePort(port)).rejects.toThrow("EADDRINUSE");
});
