// One's own settings: passkeys, and where one is signed in.
import { closeSession, closeSessions, readMe } from "@partcommune/shared/membership/api";
import { listPasskeys, removePasskey } from "@partcommune/shared/membership/api/passkeys";
import { readCoop } from "@partcommune/shared/platform/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { hasPapers } from "../../platform/parts/is-member.ts";
import { NoticeChoices } from "../../platform/parts/notice-choices.tsx";
import { ThisDevice } from "../../platform/parts/this-device.tsx";
import { useAwake } from "../../ui/awake.ts";
import { Link } from "../../ui/link.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { When } from "../../ui/when.tsx";
import { OwnReviews } from "../parts/reviews.tsx";
import { AddPasskey } from "../parts/passkey.tsx";
import { OwnPassword } from "../parts/password.tsx";

export function Settings() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  const { passwords } = useWanted(readCoop, {});
  if (!person)
    return (
      <section className="sheet">
        <h1>{t("membership.settings.title")}</h1>
        <p role="status">{t("membership.settings.signedOut")}</p>
        <p>
          <Link to="/sign-in">{t("membership.signIn.title")}</Link>
        </p>
      </section>
    );
  return (
    <section className="sheet">
      <h1>{t("membership.settings.title")}</h1>
      <p>{t("membership.settings.who", { name: person.name, email: person.email })}</p>
      {person.branch ? <p>{t("membership.branches.yours", { branch: person.branch.name })}</p> : undefined}
      {person.adviser ? <p>{t("membership.adviser.yours", { adviser: person.adviser })}</p> : undefined}
      <Passkeys />
      {passwords || person.password ? <OwnPassword held={person.password} /> : undefined}
      <OwnReviews />
      {person.member && hasPapers(person.stage) ? <LeavingLink /> : undefined}
      <ThisDevice />
      <NoticeChoices />
      <SignOut />
    </section>
  );
}

function LeavingLink() {
  const t = useT();
  return (
    <>
      <h2>{t("membership.settings.leaving")}</h2>
      <p>{t("membership.settings.leaving.says")}</p>
      <p>
        <Link to="/my/leaving">{t("membership.settings.leaving")}</Link>
      </p>
    </>
  );
}

function Passkeys() {
  const t = useT();
  const { items } = useWanted(listPasskeys, {});
  return (
    <>
      <h2>{t("membership.passkey.title")}</h2>
      <p>{t("membership.passkey.says")}</p>
      {items.length === 0 ? <p role="status">{t("membership.passkey.none")}</p> : undefined}
      <ul className="rows">
        {items.map((passkey, at) => (
          <Passkey key={passkey.id} passkey={passkey} number={at + 1} />
        ))}
      </ul>
      <AddPasskey />
    </>
  );
}

type PasskeyProps = { readonly passkey: ToldOf<typeof listPasskeys>["items"][number]; readonly number: number };

function Passkey({ passkey: { id, addedAt, usedAt }, number }: PasskeyProps) {
  const t = useT();
  const awake = useAwake();
  const { act, busy, refusal } = useAct(removePasskey);
  return (
    <li>
      <div>
        <h3>{t("membership.passkey.number", { number })}</h3>
        <p>
          {t("membership.passkey.added")} <When at={addedAt} />
        </p>
        {usedAt ? (
          <p>
            {t("membership.passkey.used")} <When at={usedAt} />
          </p>
        ) : undefined}
        <Refusal problem={refusal} />
      </div>
      <button type="button" className="faint" disabled={!awake || busy} onClick={() => void act({ passkey: id })}>
        {t("membership.passkey.remove", { number })}
      </button>
    </li>
  );
}

function SignOut() {
  const t = useT();
  const awake = useAwake();
  const here = useAct(closeSession);
  const everywhere = useAct(closeSessions);
  const still = awake && !here.busy && !everywhere.busy;
  return (
    <>
      <h2>{t("membership.settings.sessions")}</h2>
      <p>{t("membership.settings.sessions.says")}</p>
      <Refusal problem={here.refusal ?? everywhere.refusal} />
      <p className="acts">
        <button type="button" className="quiet" disabled={!still} onClick={() => void here.act({})}>
          {t("membership.settings.signOutHere")}
        </button>
        <button type="button" className="quiet" disabled={!still} onClick={() => void everywhere.act({})}>
          {t("membership.settings.signOutEverywhere")}
        </button>
      </p>
    </>
  );
}
