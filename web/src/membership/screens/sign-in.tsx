// Signing in, and what a signed-in person is here.
import { closeSession, readMe } from "@partcommune/shared/membership/api";
import { readCoop } from "@partcommune/shared/platform/api";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { useAct, useLeft, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Enter } from "../parts/enter.tsx";
import { UsePasskey } from "../parts/passkey.tsx";
import { PasskeyOffer } from "../parts/passkey-offer.tsx";
import { EnterByPassword } from "../parts/password.tsx";

export function SignIn() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  const { passwords } = useWanted(readCoop, {});
  const { act, busy } = useAct(closeSession);
  const left = useLeft();
  useWayBack(person !== undefined);
  if (!person)
    return (
      <section className="sheet">
        <h1>{t("membership.signIn.title")}</h1>
        {left ? <p role="status">{t("platform.left.says")}</p> : undefined}
        <UsePasskey />
        <h2>{t("membership.signIn.byCode")}</h2>
        <Enter named={false} />
        {passwords ? (
          <>
            <h2>{t("membership.signIn.byPassword")}</h2>
            <EnterByPassword />
          </>
        ) : undefined}
        <p>
          {t("membership.signIn.unknown")} <Link to="/hire">{t("membership.hire.title")}</Link> ·{" "}
          <Link to="/join">{t("membership.join.title")}</Link>
        </p>
      </section>
    );
  return (
    <section className="sheet">
      <h1>{t("membership.signIn.hello", { name: person.name })}</h1>
      <PasskeyOffer />
      <ul className="plain">
        {person.buysFor.map(({ client, name }) => (
          <li key={client}>{t("membership.me.buysFor", { name })}</li>
        ))}
        {person.stage ? <li>{t(`membership.stage.${person.stage}`)}</li> : undefined}
      </ul>
      <p className="acts">
        <Link to="/hire">{t("membership.hire.title")}</Link>
        {person.stage ? undefined : <Link to="/join">{t("membership.join.title")}</Link>}
        <Link to="/my/settings">{t("membership.settings.title")}</Link>
        <button type="button" className="faint" disabled={busy} onClick={() => void act({})}>
          {t("membership.signOut")}
        </button>
      </p>
    </section>
  );
}

/** Who came here from a page of theirs goes back to it once they are known. */
function useWayBack(known: boolean): void {
  const { history } = useRouter();
  const { next } = useSearch({ from: "/$language/sign-in" });
  useEffect(() => {
    if (known && next) history.replace(next);
  }, [known, next, history]);
}
