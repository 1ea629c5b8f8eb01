// The jobs to which a member is invited, each with one click to decline.
import { declineInvitation, listMyInvitations } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Until } from "../../ui/when.tsx";

type Invitation = ToldOf<typeof listMyInvitations>["items"][number];

export function Invitations() {
  const t = useT();
  const { items } = useWanted(listMyInvitations, {});
  if (items.length === 0) return undefined;
  return (
    <section aria-labelledby="invitations">
      <h2 id="invitations">{t("marketplace.invitations.mine", { count: items.length })}</h2>
      <ul className="rows">
        {items.map((invitation) => (
          <Row key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </section>
  );
}

function Row({ invitation: { id, job, title, client, bidsUntil } }: { readonly invitation: Invitation }) {
  const t = useT();
  const { act, busy, refusal } = useAct(declineInvitation);
  return (
    <li>
      <div>
        <h3>
          <Link to={`/jobs/${job}`}>{title}</Link>
        </h3>
        <p>{t("marketplace.engagements.for", { client })}</p>
        <Refusal problem={refusal} />
      </div>
      <p>
        {t("marketplace.job.bidsUntil")} <Until at={bidsUntil} />
      </p>
      <button
        type="button"
        className="faint"
        disabled={busy}
        aria-label={t("marketplace.invitations.declineOf", { title })}
        onClick={() => void act({ invitation: id })}
      >
        {t("marketplace.invitations.decline")}
      </button>
    </li>
  );
}
