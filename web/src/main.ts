import { roomOf } from "./app/page-url.ts";
import { Playground } from "./app/playground.ts";
import { machineToken } from "./bridge/machine-token.ts";
import { startLocale } from "./locale/locale.ts";
import "./app/app-shell.ts";

const [token] = await Promise.all([machineToken(), startLocale()]);
const playground = new Playground({ room: roomOf(location), machineToken: token });

const app = document.createElement("zp-app");
app.playground = playground;
document.body.append(app);
playground.bridge.connect();
