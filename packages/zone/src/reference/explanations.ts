/** The sentences of the notices that explain what was written before them, by what they carry. */
export { explainError } from "./error-explanations.ts";
export { explainFailure, NETWORK_FAILURES } from "./network-failures.ts";
export { explainSyntaxError } from "./syntax-errors.ts";
