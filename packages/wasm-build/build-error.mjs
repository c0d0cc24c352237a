// @ts-check
/** A build that cannot be done as things are, with what to do about it in the message. */
export class BuildError extends Error {}
