// How a command may end, for scripts that ask. 0 is "all well".
export const somethingFound = 3;
export const notDone = 2;
