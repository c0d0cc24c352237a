// First: what follows is evaluated after it.
import "../../workers/scope/dispose-symbol.ts";
import { AnalysisHost } from "./analysis-host.ts";
import type { PageMessage } from "./messages.ts";

const host = new AnalysisHost((message) => postMessage(message));

addEventListener("message", ({ data }: MessageEvent<PageMessage>) => void host.receive(data));
