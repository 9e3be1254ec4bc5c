/** P10.1: six digits or more; as in the protocol, whose schemas the screen does not load. */
export const SHORTEST_PIN = 6;
export const LONGEST_PIN = 12;
