import type { Figure } from "../figure.ts";
import { withBridge, withChromium } from "../browser.ts";
import { FIRST_RUN_LIMIT_KB, type FetchedFile, firstRunFiles, sumOf } from "./first-run-files.ts";

/** The VM's limit, in kilobytes gzipped. */
const VM_LIMIT_KB = 300;

/** What the page fetches up to the first printed line, by file, as `firstRunFiles` finds it; the end-to-end test of the page's size is the same. */
export async function measurePageSize(): Promise<Figure[]> {
  return withChromium((browser) =>
    withBridge(async (address) => {
      const fetched = async (locale: string): Promise<readonly FetchedFile[]> => {
        const context = await browser.newContext({ locale });
        try {
          return await firstRunFiles(await context.newPage(), `${address}room/page-size/`);
        } finally {
          await context.close();
        }
      };
      const english = await fetched("en-US");
      const russian = await fetched("ru-RU");
      return [
        ...english.map(({ path, kilobytes }): Figure => {
          // The hash changes with every build, the room with every visit; neither says anything here.
          const name = path.startsWith("/room/") ? "the page itself" : path.replace(/^\/(?:assets\/)?/, "").replace(/-[\w-]{8}(\.\w+)$/, "$1");
          const figure = { what: `${name}, gzipped`, unit: "kB", ours: kilobytes };
          return path.endsWith(".wasm") ? limited(figure, VM_LIMIT_KB) : figure;
        }),
        limited({ what: "gzipped, all up to the first printed line", unit: "kB", ours: sumOf(english) }, FIRST_RUN_LIMIT_KB),
        limited({ what: "the same in Russian", unit: "kB", ours: sumOf(russian) }, FIRST_RUN_LIMIT_KB),
      ];
    }),
  );
}

function limited(figure: Figure, limitKb: number): Figure {
  return { ...figure, target: `≤ ${limitKb} kB`, holds: figure.ours <= limitKb };
}
