// What `Intl` leaves out of a date as people write it.

/** The first of a month is « 1er » in French. */
export const firstSpoken = (words: string, language: string): string =>
  language === "fr" ? words.replace(/(?<!\d)1 (?=\p{L})/u, "1er ") : words;
