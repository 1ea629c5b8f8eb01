// Other coops: whose jobs stand in our search, and for officers the way to begin with another one.
import { askNeighbour, followNeighbour, leaveNeighbour, listNeighbours } from "@partcommune/shared/federation/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { At } from "../../ui/when.tsx";

type Neighbour = ToldOf<typeof listNeighbours>["items"][number];

export function SistersPage() {
  const t = useT();
  const { items, officer } = useWanted(listNeighbours, {}, "neighbours");
  useLive("neighbours");
  return (
    <section>
      <h1>{t("federation.title")}</h1>
      <p className="lead">{t("federation.lead")}</p>
      {items.length === 0 ? <p>{t("federation.none")}</p> : undefined}
      <ul className="tree">
        {items.map((neighbour) => (
          <One key={neighbour.id} neighbour={neighbour} officer={officer} />
        ))}
      </ul>
      {officer ? <Ask /> : undefined}
      <p>
        <Link to="/jobs">{t("federation.jobs")}</Link>
      </p>
    </section>
  );
}

function One({ neighbour, officer }: { readonly neighbour: Neighbour; readonly officer: boolean }) {
  const t = useT();
  const { origin, name, state, why, since, currencies } = neighbour;
  return (
    <li>
      <article className="branch">
        <h2>
          <a href={origin} rel="noopener noreferrer">
            {name ?? new URL(origin).host}
          </a>
        </h2>
        <p>
          {new URL(origin).host}
          {currencies.length > 0 ? ` · ${currencies.join(", ")}` : ""}
        </p>
        <p role="status">
          {t(`federation.state.${state}`)} {why ? t(`federation.missed.${why}`) : ""} <At at={since} />
        </p>
        {officer ? <Acts neighbour={neighbour} /> : undefined}
      </article>
    </li>
  );
}

/** What an officer can do with a coop as it stands. */
function Acts({ neighbour: { id, origin, name, state } }: { readonly neighbour: Neighbour }) {
  const t = useT();
  const follow = useAct(followNeighbour);
  const leave = useAct(leaveNeighbour);
  const again = useAct(askNeighbour);
  const named = { name: name ?? new URL(origin).host };
  if (state === "found" || state === "left" || state === "refused")
    return (
      <Form
        act={async () => void (await follow.act({ neighbour: id }))}
        says={t("federation.follow", named)}
        busy={follow.busy}
        ready
        refusal={follow.refusal}
      >
        <p>{t("federation.follow.says", named)}</p>
      </Form>
    );
  if (state === "waiting" || state === "followed")
    return (
      <Form
        act={async () => void (await leave.act({ neighbour: id }))}
        says={t("federation.leave", named)}
        busy={leave.busy}
        ready
        refusal={leave.refusal}
      />
    );
  if (state === "unreachable")
    return (
      <Form
        act={async () => void (await again.act({ address: origin }))}
        says={t("federation.again")}
        busy={again.busy}
        ready
        refusal={again.refusal}
      />
    );
  return undefined;
}

function Ask() {
  const t = useT();
  const [address, setAddress] = useState("");
  const { act, busy, refusal } = useAct(askNeighbour);
  const ask = async (): Promise<void> => {
    if (await act({ address })) setAddress("");
  };
  return (
    <section>
      <h2>{t("federation.ask.title")}</h2>
      <Form act={ask} says={t("federation.ask")} busy={busy} ready={address.trim() !== ""} refusal={refusal}>
        <Field
          label={t("federation.ask.address")}
          name="address"
          value={address}
          change={setAddress}
          fault={faultAt(refusal, "/address")}
        />
      </Form>
    </section>
  );
}
