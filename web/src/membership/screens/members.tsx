// The directory: members who opted in, readable and searchable without script.
import { listMembers } from "@partcommune/shared/membership/api/directory";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useSearch } from "@tanstack/react-router";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Spoken } from "../parts/spoken.tsx";

type Card = ToldOf<typeof listMembers>["items"][number];

export function Members() {
  const t = useT();
  const { text = "", after } = useSearch({ strict: false });
  const { items, next } = useWanted(listMembers, { ...(text ? { text } : {}), ...(after ? { after } : {}) });
  return (
    <section>
      <h1>{t("membership.directory.title")}</h1>
      <p className="lead">{t("membership.directory.lead")}</p>
      <form method="get" className="form" role="search">
        <div className="field">
          <label htmlFor="text">{t("membership.directory.text")}</label>
          <input id="text" name="text" type="search" maxLength={100} defaultValue={text} />
        </div>
        <p className="acts">
          <button type="submit">{t("membership.directory.search")}</button>
        </p>
      </form>
      {items.length === 0 ? (
        <p role="status">{text ? t("membership.directory.none", { text }) : t("membership.directory.empty")}</p>
      ) : undefined}
      <ul className="rows">
        {items.map((card) => (
          <Row key={card.handle} card={card} />
        ))}
      </ul>
      {next ? (
        <a href={`?${new URLSearchParams({ ...(text ? { text } : {}), after: next }).toString()}`}>{t("membership.directory.next")}</a>
      ) : undefined}
    </section>
  );
}

function Row({ card: { handle, name, trade, headline, languages, places } }: { readonly card: Card }) {
  return (
    <li>
      <div>
        <h2>
          <Link to={`/members/${handle}`}>{name}</Link>
        </h2>
        <p>{headline ? `${trade} · ${headline}` : trade}</p>
      </div>
      <p>
        {places.join(", ")}
        {places.length > 0 && languages.length > 0 ? <br /> : undefined}
        <Spoken codes={languages} />
      </p>
    </li>
  );
}
