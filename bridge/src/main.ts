import { launchBridge } from "./launch.ts";

await launchBridge(process.argv.slice(2));
