/** Machines of a room that a sentence names: the reader looks for one, and a class has thirty. */
export const MAX_NAMED_MACHINES = 5;
