// What people write in Markdown, made into HTML that can be shown: rendered without markup of their own, and sanitised by a second hand.
import MarkdownIt from "markdown-it";
import sanitizeHtml from "sanitize-html";

// Pictures would tell a stranger's server who reads.
const never = ["image", "hr", "table"];
const headings = ["heading", "lheading"];

/** A link says where it leads. */
const isLink = (address: string): boolean => /^(https?:\/\/|mailto:)/i.test(address);

const opened = (without: readonly string[]) => {
  const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable([...without]);
  markdown.validateLink = isLink;
  return markdown;
};
const talk = opened([...never, ...headings]);
const work = opened(never);

const allowed: sanitizeHtml.IOptions = {
  allowedTags: ["p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h2", "h3", "h4", "h5", "h6"],
  allowedAttributes: { a: ["href", "rel"], ol: ["start"] },
  allowedSchemes: ["https", "http", "mailto"],
  allowProtocolRelative: false,
  transformTags: { a: sanitizeHtml.simpleTransform("a", { rel: "nofollow noopener noreferrer ugc" }) },
};

/** What somebody says, as HTML: in a talk a heading is a line like any other. */
export const htmlOf = (text: string): string => sanitizeHtml(talk.render(text), allowed).trim();

/** A text that may have parts of its own, as HTML. Its headings begin below the page's, at this level, and leave out none. */
export function htmlWithHeadings(text: string, first: number): string {
  const tokens = work.parse(text, {});
  const levelOf = (tag: string): number => Number(tag.slice(1));
  const least = Math.min(...tokens.flatMap(({ type, tag }) => (type === "heading_open" ? [levelOf(tag)] : [])));
  let level = first - 1;
  for (const token of tokens) {
    if (token.type === "heading_open") level = Math.min(first + levelOf(token.tag) - least, level + 1, 6);
    if (token.type.startsWith("heading_")) token.tag = `h${level}`;
  }
  return sanitizeHtml(work.renderer.render(tokens, work.options, {}), allowed).trim();
}
