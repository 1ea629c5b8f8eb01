// The page of a member who opted in: their trade, their own words.
import { useParams } from "@tanstack/react-router";
import { listMemberReferences } from "@partcommune/shared/marketplace/api";
import { readSession } from "@partcommune/shared/platform/api";
import { readProfile } from "@partcommune/shared/membership/api/directory";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Link } from "../../ui/link.tsx";
import { ReferenceList } from "../parts/reference-list.tsx";
import { Spoken } from "../../membership/parts/spoken.tsx";

export function Member() {
  const t = useT();
  const { handle = "" } = useParams({ strict: false });
  const { name, trade, headline, about, languages, places } = useWanted(readProfile, { handle });
  const { items: references } = useWanted(listMemberReferences, { handle });
  const { person } = useWanted(readSession, {});
  return (
    <article className="job">
      <header>
        <p className="steps">{trade}</p>
        <h1>{name}</h1>
        {headline ? <p className="lead">{headline}</p> : undefined}
      </header>
      {about ? <p className="letter">{about}</p> : undefined}
      <dl className="facts">
        {places.length > 0 ? <Fact says={t("marketplace.member.places")}>{places.join(", ")}</Fact> : undefined}
        {languages.length > 0 ? (
          <Fact says={t("marketplace.member.languages")}>
            <Spoken codes={languages} />
          </Fact>
        ) : undefined}
      </dl>
      <section aria-labelledby="references">
        <h2 id="references">{t("marketplace.references.title")}</h2>
        {references.length === 0 ? <p>{t("marketplace.references.none")}</p> : undefined}
        <ReferenceList references={references} withhold={person?.roles.includes("adviser") ?? false} />
      </section>
      <p>
        <Link to="/members">{t("marketplace.member.all")}</Link>
      </p>
    </article>
  );
}
