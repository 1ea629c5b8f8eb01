// Leaving the coop: what is open, what ends with the notice, what becomes of one's share; and after it, how far all that is.
import { useState } from "react";
import { readLeaving } from "@partcommune/shared/marketplace/api";
import { readMe } from "@partcommune/shared/membership/api";
import { giveNotice, stay } from "@partcommune/shared/membership/api/leaving";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { hasPapers } from "../../platform/parts/is-member.ts";
import { Tick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { useMoney } from "../../ui/money.tsx";
import { At, Day } from "../../ui/when.tsx";

type Standing = ToldOf<typeof readLeaving>;

export function Leaving() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  return (
    <section className="sheet">
      <h1>{t("leaving.title")}</h1>
      {person?.member && hasPapers(person.stage) ? <Own member={person.member} /> : <p role="status">{t("leaving.noMember")}</p>}
    </section>
  );
}

function Own({ member }: { readonly member: string }) {
  const topic = `member:${member}`;
  useLive(topic);
  const standing = useWanted(readLeaving, {}, topic);
  if (standing.stage === "left") return <Gone standing={standing} />;
  return standing.stage === "leaving" ? <UnderWay standing={standing} /> : <Before standing={standing} />;
}

type Part = { readonly standing: Standing };

/** Who thinks about it reads everything first. */
function Before({ standing }: Part) {
  const t = useT();
  const [read, tick] = useState(false);
  const { act, busy, refusal } = useAct(giveNotice);
  return (
    <>
      <p className="lead">{t("leaving.lead")}</p>
      <Open standing={standing} />
      <Ends standing={standing} />
      <Share standing={standing} />
      <h2>{t("leaving.notice.title")}</h2>
      <p>{t("leaving.notice.says")}</p>
      <Form act={async () => void (await act({}))} says={t("leaving.notice.give")} busy={busy} ready={read} refusal={refusal}>
        <Tick label={t("leaving.notice.read")} name="read" value={read} change={tick} />
      </Form>
    </>
  );
}

function UnderWay({ standing }: Part) {
  const t = useT();
  const { act, busy, refusal } = useAct(stay);
  return (
    <>
      <p className="lead">{t("leaving.lead.leaving")}</p>
      {standing.leavingAt ? (
        <p role="status">
          {t("leaving.since")} <At at={standing.leavingAt} />
        </p>
      ) : undefined}
      <Open standing={standing} />
      {standing.ends.votes > 0 ? <p>{t("leaving.ends.votes", { count: standing.ends.votes })}</p> : undefined}
      <Share standing={standing} />
      <h2>{t("leaving.stay.title")}</h2>
      <p>{t("leaving.stay.says")}</p>
      <Form act={async () => void (await act({}))} says={t("leaving.stay.do")} busy={busy} ready refusal={refusal} />
    </>
  );
}

function Gone({ standing }: Part) {
  const t = useT();
  return (
    <>
      <p className="lead">{t("leaving.lead.left")}</p>
      {standing.leftOn ? (
        <p role="status">
          {t("leaving.leftOn")} <Day on={standing.leftOn} />
        </p>
      ) : undefined}
      <Share standing={standing} />
      <p>
        <Link to="/my/money">{t("leaving.papers")}</Link>
      </p>
    </>
  );
}

function Open({ standing: { open } }: Part) {
  const t = useT();
  const say = useMoney();
  return (
    <section aria-labelledby="open">
      <h2 id="open">{t("leaving.open.title")}</h2>
      {open.length === 0 ? (
        <p role="status">{t("leaving.open.none")}</p>
      ) : (
        <ul>
          {open.map(({ kind, count = 0, amount, until }) => (
            <li key={kind}>
              {t(`leaving.open.${kind}`, { count, amount: amount ? say(amount) : "" })} {until ? <At at={until} /> : undefined}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Ends({ standing: { ends } }: Part) {
  const t = useT();
  const { bids, invitations, roles, seat, proxies, votes, shown } = ends;
  const lines = [
    t("leaving.ends.new"),
    ...(bids > 0 ? [t("leaving.ends.bids", { count: bids })] : []),
    ...(invitations > 0 ? [t("leaving.ends.invitations", { count: invitations })] : []),
    ...(roles.length > 0 ? [t("leaving.ends.roles", { roles: roles.map((role) => t(`membership.role.${role}`)).join(", ") })] : []),
    ...(seat ? [t("leaving.ends.seat")] : []),
    ...(proxies > 0 ? [t("leaving.ends.proxies", { count: proxies })] : []),
    ...(shown ? [t("leaving.ends.shown")] : []),
    t("leaving.ends.rolls"),
    ...(votes > 0 ? [t("leaving.ends.votes", { count: votes })] : []),
    t("leaving.ends.kept"),
  ];
  return (
    <section aria-labelledby="ends">
      <h2 id="ends">{t("leaving.ends.title")}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function Share({ standing: { share, stage } }: Part) {
  const t = useT();
  const say = useMoney();
  const { amount, closesOn, wait } = share;
  const owed = Number(amount.amount) > 0;
  return (
    <section aria-labelledby="share">
      <h2 id="share">{t("leaving.share.title")}</h2>
      <p>{owed ? t("leaving.share.says", { amount: say(amount) }) : t("leaving.share.none")}</p>
      {owed && stage === "left" ? (
        <p role="status">
          {t(`leaving.share.${wait ?? "now"}`)} {wait === "close" && closesOn ? <Day on={closesOn} /> : undefined}
        </p>
      ) : undefined}
    </section>
  );
}
