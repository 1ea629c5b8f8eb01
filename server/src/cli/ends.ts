// How a command may end, for scripts that ask. 0 is "all well".
export const notDone = 1;
export const askedWrongly = 2;
export const somethingFound = 3;
