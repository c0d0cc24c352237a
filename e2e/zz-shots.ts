import { writeFileSync } from "node:fs";
import { startBrowser, type Engine } from "./smoke/driver/start-browser.ts";
import { Tab } from "./smoke/driver/tab.ts";
import { Playground } from "./smoke/support/playground.ts";
import { Relay } from "./smoke/support/relay.ts";
import { BridgeProcess } from "./support/bridge-process.ts";
const relay = await Relay.start();
const bridge = await BridgeProcess.start([]);
for (const engine of ["chromium", "firefox", "webkit"]) {
  const commands = await startBrowser(engine as Engine, `127.0.0.1:${relay.port}`);
  const tab = new Tab(commands);
  const page = new Playground(tab);
  for (const width of [1280, 390]) {
    await tab.resize(width, 800).catch(() => {});
    await tab.goto(`${bridge.url}room/%E6%95%99%E5%AE%A4/`);
    await tab.shows("[data-testid=arrival-nowhere]");
    writeFileSync(`/tmp/browsers2/nowhere-${engine}-${width}.png`, await tab.screenshot());
    const where = await tab.evaluate(() => deepAll("[data-testid=arrival-substitute]")[0]?.textContent);
    if (width === 1280) { await tab.click("[data-testid=arrival-substitute]"); await page.isReady(); console.log(engine, where, await tab.evaluate(() => location.pathname)); 
      writeFileSync(`/tmp/browsers2/main-${engine}.png`, await tab.screenshot());
      for (const path of ["s/ZZZZ/", "room/Class-7%D0%91/", "room/%3Cb%3E/", "%E6%95%99", "#share%3Dv1.xxx", "room/abc/%23share=v1.zzz", "room/abc&utm_source=x", "room/abc/?utm_source=x&fbclid=1", "room/abc/)", "room/abc/%C2%BB"]) {
        await tab.goto(bridge.url + path);
        await tab.until("something", () => deepAll("zp-editor >> .cm-content, [data-testid=arrival-nowhere], [data-testid=arrival-fault]").length > 0 || document.body.textContent!.length > 0).catch((e: Error) => console.log(e.message));
        await new Promise((r) => setTimeout(r, 700));
        console.log(engine, path, "→", await tab.evaluate(() => [location.pathname, ...deepAll("[data-testid=arrival-nowhere] h1, [data-testid=arrival-fault] h1, zp-editor").map((e) => (e.textContent ?? "").trim().slice(0, 40) || e.tagName)].join(" | ")));
      }
    }
  }
  await commands.end().catch(() => {});
}
await bridge.program.end(); process.exit();
