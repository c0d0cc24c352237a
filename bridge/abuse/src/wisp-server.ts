/** A process: the server of wisp-js as its documentation starts it, with loopback targets allowed. Prints its address. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
// wisp-js has no types.
// @ts-expect-error
import { logging, server as wisp } from "@mercuryworkshop/wisp-js/server";

logging.set_level(logging.NONE);
wisp.options.allow_loopback_ips = true;
wisp.options.allow_private_ips = true;

const server = createServer((_request, response) => response.writeHead(404).end());
server.on("upgrade", (request, socket, head) => wisp.routeRequest(request, socket, head));
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
