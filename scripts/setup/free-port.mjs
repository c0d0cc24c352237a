// @ts-check
import { createServer } from "node:net";

/**
 * A TCP port on which nothing listens at 127.0.0.1 at the moment. Another process may take it before it is used.
 *
 * @param {number} [wanted] the port that it is to be, 1 to 65,535; without it, or with 0, any
 * @returns {Promise<number>}
 * @throws {Error} Node's own, `EADDRINUSE` or `EACCES`, where the port that is wanted cannot be had
 */
export async function freePort(wanted = 0) {
  const server = createServer();
  await /** @type {Promise<void>} */ (
    new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(wanted, "127.0.0.1", resolve);
    })
  );
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}
