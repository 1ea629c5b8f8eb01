// A text of somebody as the server made it safe to show.

/** The HTML comes rendered and sanitised from the server, and from nowhere else. */
export function Markdown({ html, lang }: { readonly html: string; readonly lang?: string }) {
  return <div className="written" {...(lang ? { lang } : {})} dangerouslySetInnerHTML={{ __html: html }} />;
}
