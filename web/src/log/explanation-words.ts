/** What is said below errors and failures of the network, in both languages: a part of its own, since most programs have none. */
export { explainError, explainFailure, explainSyntaxError } from "@playground/zone/explanations";
