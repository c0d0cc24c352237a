// First: what follows is evaluated after it.
import "../../../workers/scope/dispose-symbol.ts";
import init, { Config, formatCode, IndentType, LuaVersion, OutputVerification } from "@johnnymorganz/stylua/web";
import { layoutChanges } from "../source/layout-changes.ts";
import type { FormatAnswer, FormatQuestion } from "./format-messages.ts";

let ready: Promise<unknown> | undefined;

self.addEventListener("message", ({ data }: MessageEvent<FormatQuestion>) => {
  void format(data).then((answer) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the page is the only one there is
    self.postMessage(answer);
  });
});

async function format({ id, source, wasmUrl }: FormatQuestion): Promise<FormatAnswer> {
  try {
    await (ready ??= init({ module_or_path: wasmUrl }));
    const config = Config.new(); // which the call below takes over and frees
    config.syntax = LuaVersion.Luau;
    config.indent_type = IndentType.Tabs;
    return { id, changes: layoutChanges(source, formatCode(source, config, undefined, OutputVerification.None)) };
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : String(error) };
  }
}
