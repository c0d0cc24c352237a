/** The playground's version, put in by Vite from the root package.json. */
declare const __PLAYGROUND_VERSION__: string;

/** The part of Trusted Types that is used here; absent in browsers before 2025 that are not Chromium. */
declare var trustedTypes:
  | { createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): unknown } }
  | undefined;
