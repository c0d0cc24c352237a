import type { IUnicodeVersionProvider, Terminal } from "@xterm/xterm";
import { UnicodeGraphemesAddon } from "@xterm/addon-unicode-graphemes";

/** The version of the addon's provider that joins letters as UAX 29 says. */
const VERSION = "15-graphemes";

/** Gives a terminal the cell widths of emoji, flags and joined letters, and hands them to whoever wraps its lines. Loaded when a text first has letters of that kind. */
export function useGraphemes(terminal: Terminal): IUnicodeVersionProvider {
  const { unicode } = terminal;
  let graphemes: IUnicodeVersionProvider | undefined;
  // The addon keeps its providers to itself, and registers them: so they are seen on their way.
  new UnicodeGraphemesAddon().activate({
    unicode: {
      register: (provider: IUnicodeVersionProvider) => {
        if (provider.version === VERSION) graphemes = provider;
        unicode.register(provider);
      },
      versions: unicode.versions,
      activeVersion: unicode.activeVersion,
    },
  } as unknown as Terminal);
  if (graphemes === undefined) throw new Error(`@xterm/addon-unicode-graphemes has no provider of version ${VERSION}`);
  unicode.activeVersion = VERSION;
  return graphemes;
}
