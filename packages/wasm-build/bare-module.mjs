// @ts-check
/** Link flags of a bare module, which brings nothing of Emscripten's with it and may grow. */
export const BARE_MODULE_FLAGS = [
  "-fwasm-exceptions",
  "--no-entry",
  "-sSTANDALONE_WASM",
  "-sALLOW_MEMORY_GROWTH",
  // The host's functions come as imports, which Emscripten does not know of.
  "-sERROR_ON_UNDEFINED_SYMBOLS=0",
  "-sWARN_ON_UNDEFINED_SYMBOLS=0",
];
