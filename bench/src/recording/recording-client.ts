/** One measurement of a recorded or an unrecorded script, as a process of its own: prints its seconds. */
import { carryingScript } from "../echo/carrying-script.ts";
import { secondsOf } from "./recorded-run.ts";
import { ROUND_TRIPS, TRANSFERS } from "./recording-cases.ts";
import { roundTripScript } from "./round-trip-script.ts";

const [what = "", how = "", port = ""] = process.argv.slice(2);
const transfer = TRANSFERS[what];
const source = transfer === undefined ? roundTripScript("127.0.0.1", Number(port), ROUND_TRIPS) : carryingScript("127.0.0.1", Number(port), transfer);
console.log(await secondsOf(source, { isRecorded: how === "recorded" }));
