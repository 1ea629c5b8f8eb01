// Open disputes on the advisers' desk: take the mediation, read what was said, suggest a share.
import { listDisputes, suggestSettlement, takeMediation } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { Money } from "../../ui/money.tsx";
import { At } from "../../ui/when.tsx";
import { Work } from "./milestones.tsx";
import { Guide, ShareForm } from "./settlement.tsx";

type Row = ToldOf<typeof listDisputes>["items"][number];

export function Disputes() {
  const t = useT();
  const { items } = useWanted(listDisputes, {}, "desk:engagements");
  return (
    <section aria-labelledby="disputes">
      <h2 id="disputes">{t("marketplace.disputes.title")}</h2>
      <p>{t("marketplace.disputes.lead")}</p>
      {items.length === 0 ? <p role="status">{t("marketplace.disputes.empty")}</p> : undefined}
      <ul className="plain">
        {items.map((row) => (
          <Open key={row.milestone} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Open({ row }: { readonly row: Row }) {
  const t = useT();
  const { title, client, member, amount, at, mediator, acts, said, milestone } = row;
  return (
    <li className="milestone">
      <h3>{title}</h3>
      <p>
        {t("marketplace.engagement.between", { client, member })} · <Money of={amount} />
      </p>
      <p>
        {t("marketplace.disputes.since")} <At at={at} />
        {said || !mediator ? "" : ` · ${t("marketplace.settlement.mediator", { name: mediator })}`}
      </p>
      {acts.includes("takeMediation") ? <Take milestone={milestone} /> : undefined}
      {said ? (
        <>
          <Work milestone={said} client={client} member={member} />
          <Guide dispute={said.dispute} client={client} member={member} />
          <Suggest milestone={milestone} amount={amount} last={said.dispute.proposals.at(-1)?.share} />
        </>
      ) : undefined}
    </li>
  );
}

function Take({ milestone }: { readonly milestone: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(takeMediation);
  return (
    <Form act={async () => void (await act({ milestone }))} says={t("marketplace.disputes.take")} busy={busy} ready refusal={refusal}>
      <p>{t("marketplace.disputes.take.says")}</p>
    </Form>
  );
}

type SuggestProps = Pick<Row, "milestone" | "amount"> & { readonly last: number | undefined };

function Suggest({ milestone, amount, last }: SuggestProps) {
  const t = useT();
  const { act, busy, refusal } = useAct(suggestSettlement);
  return (
    <details className="unfold">
      <summary>{t("marketplace.disputes.suggest")}</summary>
      <ShareForm
        amount={amount}
        last={last}
        send={async (wish) => void (await act({ milestone, ...wish }))}
        busy={busy}
        refusal={refusal}
      />
    </details>
  );
}
