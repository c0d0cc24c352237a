/**
 * The port of a bridge that is given none. No lesson and no example listens on it: where scripts share ports with the bridge, or the bridge
 * is on every address of its machine, they cannot have it.
 */
export const DEFAULT_PORT = 7070;
