// What people write in Markdown, made into HTML that can be shown: rendered without markup of their own, and sanitised by a second hand.
import MarkdownIt from "markdown-it";
import sanitizeHtml from "sanitize-html";

// Pictures would tell a stranger's server who reads; headings would tear holes into the page's outline.
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable(["image", "heading", "lheading", "hr", "table"]);

// A link says where it leads.
markdown.validateLink = (address) => /^(https?:\/\/|mailto:)/i.test(address);

const allowed: sanitizeHtml.IOptions = {
  allowedTags: ["p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"],
  allowedAttributes: { a: ["href", "rel"], ol: ["start"] },
  allowedSchemes: ["https", "http", "mailto"],
  allowProtocolRelative: false,
  transformTags: { a: sanitizeHtml.simpleTransform("a", { rel: "nofollow noopener noreferrer" }) },
};

/** A text of somebody as HTML. */
export const htmlOf = (text: string): string => sanitizeHtml(markdown.render(text), allowed).trim();
