import { roomOf } from "./app/page-url.ts";
import { Playground } from "./app/playground.ts";
import { machineToken } from "./bridge/machine-token.ts";
import { startLocale } from "./locale/locale.ts";
import { luauModule } from "./programs/luau-module.ts";
import "./app/app-shell.ts";

/** Milliseconds until the VM is fetched in browsers that cannot say when they are idle. */
const IDLE_FALLBACK_MS = 500;

const [token] = await Promise.all([machineToken(), startLocale()]);
const playground = new Playground({ room: roomOf(location), machineToken: token });

const app = document.createElement("zp-app");
app.playground = playground;
document.body.append(app);
playground.bridge.connect();

// The first Run should not have to wait for the VM. A failure here is of no account: Run tries again, and says what is wrong.
const whenIdle = globalThis.requestIdleCallback ?? ((callback: () => void) => setTimeout(callback, IDLE_FALLBACK_MS));
whenIdle(() => {
  luauModule().catch(() => {});
});
