import { createConnection } from "node:net";
import { once } from "node:events";
import { UPDATE } from "../support/luau.ts";
import { expect, test } from "../support/test.ts";

/** Milliseconds of the middle one of so many answers, asked for at any moment of a frame. */
async function medianAnswer(address: string, port: number, count: number): Promise<number> {
  const socket = createConnection({ host: address, port, noDelay: true });
  await once(socket, "connect");
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const asked = performance.now();
    socket.write("x");
    await once(socket, "data");
    times.push(performance.now() - asked);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
  }
  socket.destroy();
  return times.toSorted((a, b) => a - b)[count >> 1]!;
}

/** A server that sends back what it gets. */
const ECHO = `
zone.socket.server.new():listen(8080, function(connection)
	connection:onReceive(function(data) connection:send(data) end)
end)
print("listening")
${UPDATE}
`;

/** Counts frames in each second of the script's own clock, after half a second in which the browser gets going. */
const COUNT_FRAMES = `
local begun, frames, least, sum
function zone.update(dt)
	if not begun then
		if os.clock() > started + 0.5 then begun, frames, least, sum = os.clock(), 0, dt, 0 end
		return
	end
	frames += 1
	least = math.min(least, dt)
	sum += dt
	local elapsed = os.clock() - begun
	if elapsed >= 1 then
		print(string.format("frames a second %.1f, least %.2f ms, told %.3f of the time", frames / elapsed, least * 1000, sum / elapsed))
		begun, frames, least, sum = os.clock(), 0, dt, 0
	end
end
`;

/** Whether a second has a number of frames between two others, none of them of no time, and all together the time that has passed. */
function isGood(line: string, from: number, to: number): boolean {
  const [rate = 0, least = 0, told = 0] = [...line.matchAll(/\d+\.\d+/g)].map(Number);
  return rate > from && rate < to && least > 0.5 && told > 0.97 && told < 1.03;
}

/** Milliseconds in which a busy machine has one second that is good enough. */
const GOOD_SECOND_MS = 60_000;
/** Comparisons of two rates, of which one has to come out: a busy machine holds up either. */
const COMPARISONS = 6;

test.describe(() => {
  // Nothing else runs in its process.
  test.use({ hasOwnContext: true });

  // A machine that is busy with other tests leaves frames out and clocks standing: all of it has to hold in one of the seconds.
  for (const { name, before, from, to } of [
    { name: "the display's", before: "", from: 20, to: 66 },
    { name: "10", before: "zone.system.setTargetFPS(10)", from: 8, to: 10.5 },
    { name: "30", before: "zone.system.setTargetFPS(30)", from: 15, to: 31.5 },
    { name: "240, above the display's", before: "zone.system.setTargetFPS(240)", from: 75, to: 250 },
  ]) {
    test(`a program has as many frames as it asks for: ${name}; none is 0 ms, and together they are the time`, async ({ playground }) => {
      const server = await playground.runServer(`started = os.clock()\n${before}\n${COUNT_FRAMES}`);
      await expect(async () => {
        const seconds = (await server.allLines()).filter((line) => line.startsWith("frames a second"));
        expect(
          seconds.filter((line) => isGood(line, from, to)).length,
          `more than ${from} frames in a second, fewer than ${to}: ${seconds.slice(-5).join("; ")}`,
        ).toBeGreaterThan(0);
      }).toPass({ timeout: GOOD_SECOND_MS });
    });
  }

  test("a program with 240 frames a second answers sooner than one with the display's", async ({ playground }) => {
    const shares: number[] = [];
    while (shares.length < COMPARISONS && !(shares.at(-1)! < 0.7)) {
      const medians: number[] = [];
      for (const source of [ECHO, `zone.system.setTargetFPS(240)\n${ECHO}`]) {
        const server = await playground.runServer(source);
        await server.shows("listening");
        medians.push(await medianAnswer(await playground.address(), 8080, 60));
      }
      const [usual = 0, fast = Infinity] = medians;
      test.info().annotations.push({ type: "measured", description: `median answer ${usual.toFixed(1)} ms, with 240 frames ${fast.toFixed(1)} ms` });
      shares.push(fast / usual);
    }
    expect(Math.min(...shares)).toBeLessThan(0.7);
  });
});

test("zone.system in a browser: the platform, hashes that are loaded when they are needed, and quit", async ({ playground }) => {
  const server = await playground.runServer(`
print(zone.system.getPlatform())
print(zone.system.hashString("abc", "md5"))
print(zone.system.hashString("abc", "xxhash"))
function zone.cleanup() print("cleaned up") end
function zone.update() zone.system.quit() end
`);
  await server.shows("cleaned up");
  expect((await server.allLines()).slice(0, 4)).toEqual(["linux", "900150983cd24fb0d6963f7d28e17f72", "44bc2cf5ad770999", "cleaned up"]);
});

test.describe("in Moscow", () => {
  test.use({ timezoneId: "Europe/Moscow" });

  test("os.date tells the reader's time, with its history", async ({ playground }) => {
    const server = await playground.runServer(`
for _, moment in { 1404172800, 4102444800 } do print(os.date("%Y-%m-%d %H:%M %z", moment)) end
print(os.date("!%H:%M", 1404172800))
print("done")
`);
    await server.shows("done");
    expect((await server.allLines()).slice(0, 3)).toEqual(["2014-07-01 04:00 +0400", "2100-01-01 03:00 +0300", "00:00"]);
  });
});

test("an error in a __tostring, and one whose text looks like a place, mark the script's own line", async ({ playground }) => {
  const server = await playground.runServer(`
local account = setmetatable({}, { __tostring = function(self) return self.name end })
print(pcall(print, "10.0.0.5:8080: no answer"))
print("account:", account)
`);
  await server.shows("'__tostring' must return a string");
  await expect(playground.page.getByRole("button", { name: /server\.luau:4/ }).first()).toBeVisible();
});
