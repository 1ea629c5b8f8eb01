// A text of somebody as the server made it safe to show.

/** The HTML comes rendered and sanitised from the server, and from nowhere else. */
export function Markdown({ html }: { readonly html: string }) {
  return <div className="written" dangerouslySetInnerHTML={{ __html: html }} />;
}
