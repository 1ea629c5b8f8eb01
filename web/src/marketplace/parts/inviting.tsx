// Inviting members of the directory to a job, and who was invited.
import { useState } from "react";
import { inviteMember, listInvitations, type readJob } from "@partcommune/shared/marketplace/api";
import { mostInvitations } from "@partcommune/shared/marketplace/rules/invitation";
import { listMembers } from "@partcommune/shared/membership/api/directory";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useAsked, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";
import { Link } from "../../ui/link.tsx";
import { Refusal } from "../../ui/refusal.tsx";

export function Inviting({ job }: { readonly job: ToldOf<typeof readJob> }) {
  const t = useT();
  const { items } = useWanted(listInvitations, { job: job.id }, `job:${job.id}`);
  return (
    <section aria-labelledby="inviting">
      <h2 id="inviting">{t("marketplace.invitations.title", { count: items.length })}</h2>
      <ul className="rows">
        {items.map(({ id, member, handle, state }) => (
          <li key={id}>
            <h3>{handle ? <Link to={`/members/${handle}`}>{member}</Link> : member}</h3>
            <p>{t(`marketplace.invitation.${state}`)}</p>
          </li>
        ))}
      </ul>
      {job.state === "open" && items.length < mostInvitations ? (
        <Finding job={job.id} invited={items.flatMap(({ handle }) => handle ?? [])} />
      ) : undefined}
    </section>
  );
}

/** Looks into the directory while a name, a trade or a place is typed. */
function Finding({ job, invited }: { readonly job: string; readonly invited: readonly string[] }) {
  const t = useT();
  const [text, setText] = useState("");
  const { act, busy, refusal } = useAct(inviteMember);
  const told = useAsked(listMembers, { text: text.trim(), limit: 8 }, text.trim().length > 1);
  const others = told?.items.filter(({ handle }) => !invited.includes(handle));
  return (
    <>
      <Field
        label={t("marketplace.invitations.find")}
        name="find"
        value={text}
        change={setText}
        hint={t("marketplace.invitations.hint", { most: mostInvitations })}
      />
      <Refusal problem={refusal} />
      {others?.length === 0 ? <p role="status">{t("marketplace.invitations.none")}</p> : undefined}
      <ul className="rows">
        {others?.map(({ handle, name, trade, headline }) => (
          <li key={handle}>
            <div>
              <h3>{name}</h3>
              <p>{headline ? `${trade} · ${headline}` : trade}</p>
            </div>
            <button type="button" disabled={busy} onClick={() => void act({ job, handle })}>
              {t("marketplace.invitations.invite", { name })}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
