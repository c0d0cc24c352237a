export { wasiImports, type WasiImports } from "./wasi-imports.ts";
