/** The playground's version, put in by Vite from the root package.json. */
declare const __PLAYGROUND_VERSION__: string;
