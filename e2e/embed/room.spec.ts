import { expect } from "../support/test.ts";
import { helloElement, openLesson, test } from "../support/lesson-test.ts";

test.use({ openOptions: ({ lockedRoom }, use) => use(lockedRoom.bridgeOptions) });

const SERVER =
  'local server = zone.socket.server.new()\nserver:listen(4000, function(connection) connection:send(zone.byteStream.fromString("welcome")) end)\nprint("listening")\nfunction zone.update() zone.socket.update() end\nfunction zone.cleanup() server:close() end';
const CLIENT =
  'local client = zone.socket.client.new()\nclient:listen("127.0.0.1", 4000, function(connection)\n\tconnection:onReceive(function(data) print("got " .. data:toString()) end)\nend)\nfunction zone.update() zone.socket.update() end\nfunction zone.cleanup() client:close() end';

test("a locked room asks for its password in place, and what was to run then runs", async ({ page, site, open, lockedRoom, violations: _violations }) => {
  const urls: string[] = [];
  page.on("websocket", (socket) => urls.push(socket.url()));
  page.on("request", (request) => urls.push(request.url()));
  await openLesson(page, site, helloElement(SERVER, `id="one" room="${lockedRoom.name}"`) + helloElement(CLIENT, `id="two" room="${lockedRoom.name}"`));
  const one = page.locator("#one");
  const run = one.getByTestId("run");
  // With the keyboard alone, from Run to Run.
  await run.focus();
  await page.keyboard.press("Enter");
  const field = one.getByTestId("password");
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleName("Password");
  await expect(field).toHaveAccessibleDescription(/Ask whoever invited you/);
  await expect(one.getByRole("region", { name: "Room password needed" }).getByRole("alert").first()).toHaveText("This room has a password.");
  await expect(one.getByRole("log")).toHaveCount(0);

  await page.keyboard.type("wrong");
  await page.keyboard.press("Enter");
  await expect(one.getByTestId("password-error")).toHaveText("Wrong password.");
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("aria-invalid", "true");

  await page.keyboard.type(lockedRoom.password);
  await page.keyboard.press("Enter");
  await expect(one.getByRole("log")).toHaveText("listening");
  await expect(field).toHaveCount(0);
  await expect(run).toBeFocused();

  // The other element of this room is let in with what the page knows now.
  await page.locator("#two").getByTestId("run").click();
  await expect(page.locator("#two").getByRole("log")).toHaveText("got welcome");
  await expect(page.locator("#two").getByTestId("password")).toHaveCount(0);
  expect(urls.map((url) => decodeURIComponent(url)).join("\n")).not.toContain(lockedRoom.password);
  expect(open.program.output + open.program.errors).not.toContain(lockedRoom.password);
});

test("run() tells its page that the password is wanted, and leaves the focus alone", async ({
  page,
  site,
  open: _open,
  lockedRoom,
  violations: _violations,
}) => {
  await openLesson(page, site, `<input id="elsewhere" aria-label="Elsewhere">${helloElement(SERVER, `room="${lockedRoom.name}" lang="ru"`)}`);
  await page.locator("#elsewhere").focus();
  const element = page.locator("zone-playground");
  const code = await element.evaluate(async (node) => {
    const failed = new Promise((resolve) => node.addEventListener("error", (event) => resolve((event as CustomEvent<{ code: string }>).detail.code)));
    await (node as unknown as { run(): Promise<void> }).run();
    return failed;
  });
  expect(code).toBe("password-required");
  await expect(element.getByTestId("password")).toHaveAccessibleName("Пароль");
  await expect(page.locator("#elsewhere")).toBeFocused();
});
