import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import type { Page } from "@playwright/test";
import { withBridge, withChromium } from "../browser.ts";
import { type Figure, median, say } from "../figure.ts";
import { linkTo, openShared, program } from "./shared-project.ts";

/** Each rate is measured so many times, in turns. */
const ROUNDS = 3;
/** Answers that a script waits for in one of them, one after the other. */
const ANSWERS = 300;
/** Frames a second: a usual display's, and the most that a script can ask for. */
const [USUAL_RATE, GREATEST_RATE] = [60, 240];
/** Milliseconds that an answer may take at the greatest rate: a frame of it, and the way there and back. */
const ANSWER_LIMIT_MS = 5;
/** The port of the script that answers. */
const PORT = 8080;

/** How long a script waits for an answer, at 60 frames a second and at 240: from another script of the page, over the bridge, and from a plain TCP server. */
export async function measureFrameRate(): Promise<Figure[]> {
  const echo = await echoServer();
  try {
    const outside = { host: "host.zone.internal", port: (echo.address() as AddressInfo).port };
    return await withBridge(
      (bridge) =>
        withChromium(async (browser) => {
          const page = await (await browser.newContext()).newPage();
          const figures: Figure[] = [];
          for (const [what, target] of [
            ["another script of the page", { host: "127.0.0.1", port: PORT }],
            ["a TCP server", outside],
          ] as const) {
            const times = new Map<number, number[]>([
              [USUAL_RATE, []],
              [GREATEST_RATE, []],
            ]);
            for (let round = 0; round < ROUNDS; round++) for (const [rate, medians] of times) medians.push(await answerTime(page, bridge, rate, target));
            const [usual = Number.NaN, fast = Number.NaN] = [...times.values()].map(median);
            say(`  an answer of ${what}: ${fast.toFixed(2)} ms at ${GREATEST_RATE} frames a second, ${usual.toFixed(2)} ms at ${USUAL_RATE}`);
            figures.push({
              what: `a script's round trip to ${what}, ${GREATEST_RATE} frames a second`,
              unit: "ms",
              ours: fast,
              peer: usual,
              peerName: `${USUAL_RATE} frames a second`,
              // Another script answers in a frame of its own: up to two frames, as the two happen to lie.
              ...(target === outside && { target: `≤ ${ANSWER_LIMIT_MS} ms`, holds: fast <= ANSWER_LIMIT_MS }),
            });
          }
          return figures;
        }),
      ["--allow", `${outside.host}:${outside.port}`],
    );
  } finally {
    echo.close();
  }
}

/** The median of the times that a script itself measures, milliseconds. */
async function answerTime(page: Page, bridge: string, rate: number, { host, port }: { readonly host: string; readonly port: number }): Promise<number> {
  const setRate = rate === USUAL_RATE ? "" : `zone.system.setTargetFPS(${rate})`;
  const server = `${setRate}
zone.socket.server.new():listen(${PORT}, function(connection)
	connection:onReceive(function(data) connection:send(data) end)
end)
function zone.update() zone.socket.update() end
`;
  const client = `${setRate}
local connection, asked
local times = {}
zone.socket.client.new():listen("${host}", ${port}, function(opened)
	connection = opened
	connection:onReceive(function()
		table.insert(times, os.clock() - asked)
		asked = nil
	end)
end)
function zone.update()
	zone.socket.update()
	if connection and not asked then
		asked = os.clock()
		connection:send(zone.byteStream.fromString("x"))
	end
	if #times == ${ANSWERS} then
		table.sort(times)
		print(string.format("median %.3f ms", times[#times // 2] * 1000))
		zone.system.quit()
	end
end
`;
  await openShared(page, linkTo(bridge, [program("server.luau", server), program("client.luau", client)]));
  await page.getByTestId("run-all").click();
  const line = page.getByRole("log").getByText(/^median [\d.]+ ms$/);
  await line.waitFor({ state: "attached" });
  return Number(/[\d.]+/.exec((await line.textContent()) ?? "")?.[0]);
}

async function echoServer(): Promise<Server> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => {});
    socket.pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
