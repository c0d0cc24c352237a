import type { ByteField, CallSite, ScriptPlace } from "@playground/capture";
import type { ScriptCalls } from "@playground/capture/recording";
import type { HostCall, HostFunction, LuauClass } from "@playground/luau-wasm";
import type { ByteStream } from "../byte-stream/byte-stream.ts";

/** Knows the script's call by which the network is called at the moment. The VM is asked about it only when somebody wants to know. */
export class CallWatch implements ScriptCalls {
  readonly #entry: () => number;
  readonly #streamClass: LuauClass<ByteStream>;
  #call: HostCall | undefined;

  /** `entry` gives the entry into the script that runs. */
  constructor(entry: () => number, streamClass: LuauClass<ByteStream>) {
    this.#entry = entry;
    this.#streamClass = streamClass;
  }

  /** The same host function, which is known while it runs. */
  watch(run: HostFunction): HostFunction {
    return (call) => {
      const outer = this.#call;
      this.#call = call;
      try {
        return run(call);
      } finally {
        this.#call = outer;
      }
    };
  }

  site(): CallSite | undefined {
    if (this.#call === undefined) return undefined;
    return siteOf(this.#entry(), placeOf(this.#call.place()));
  }

  written(): readonly ByteField[] | undefined {
    const stream = this.#call?.object(1, this.#streamClass);
    if (stream?.written === undefined || stream.written.isEmpty) return undefined;
    return stream.written.read(stream.borrowBytes(), stream.endian === "little");
  }
}

/** A place in the VM's words, as one of the script. */
export function placeOf(place: { readonly chunk: string; readonly line: number } | undefined): ScriptPlace | undefined {
  return place === undefined ? undefined : { file: place.chunk, line: place.line };
}

/** Where something was done, as far as that is known. */
export function siteOf(entry: number, place: ScriptPlace | undefined): CallSite {
  return place === undefined ? { entry } : { entry, place };
}
