// How the files of money are written in XML: elements around texts, and no text that could be read as one.

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** An element around others; attributes stand behind its name. */
export const tag = (name: string, ...holds: readonly string[]): string => `<${name}>${holds.join("")}</${name.split(" ")[0]}>`;

/** An element around a text. */
export const says = (name: string, text: string): string => tag(name, escaped(text));
