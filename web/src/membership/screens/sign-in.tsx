// Signing in, and what a signed-in person is here.
import { closeSession, readMe } from "@partcommune/shared/membership/api";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Enter } from "../parts/enter.tsx";

export function SignIn() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  const { act, busy } = useAct(closeSession);
  if (!person)
    return (
      <section className="sheet">
        <h1>{t("membership.signIn.title")}</h1>
        <Enter named={false} />
        <p>
          {t("membership.signIn.unknown")} <Link to="/hire">{t("membership.hire.title")}</Link> ·{" "}
          <Link to="/join">{t("membership.join.title")}</Link>
        </p>
      </section>
    );
  return (
    <section className="sheet">
      <h1>{t("membership.signIn.hello", { name: person.name })}</h1>
      <ul className="plain">
        {person.buysFor.map(({ client, name }) => (
          <li key={client}>{t("membership.me.buysFor", { name })}</li>
        ))}
        {person.stage ? <li>{t(`membership.stage.${person.stage}`)}</li> : undefined}
      </ul>
      <p className="acts">
        <Link to="/hire">{t("membership.hire.title")}</Link>
        {person.stage ? undefined : <Link to="/join">{t("membership.join.title")}</Link>}
        <button type="button" className="quiet" disabled={busy} onClick={() => void act({})}>
          {t("membership.signOut")}
        </button>
      </p>
    </section>
  );
}
