// The one mark that every scanner knows: EICAR's test file stands for a harmful program where tests and operators try the door.

// In two halves, so that no scanner takes this source for it.
const mark = Buffer.from(["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].join(""));

/** Whether a file bears the mark. */
export const isHarmful = (bytes: Buffer): boolean => bytes.includes(mark);
