// Other coops: those with a treaty, those whose jobs stand in our search, and for officers the way to begin with another one.
import { askNeighbour, listNeighbours } from "@partcommune/shared/federation/api";
import { listSisters } from "@partcommune/shared/federation/api/sisters";
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
import { Blocked } from "../parts/blocked.tsx";
import { NeighbourActs, type Neighbour } from "../parts/neighbour-acts.tsx";

type Sister = ToldOf<typeof listSisters>["items"][number];

export function SistersPage() {
  const t = useT();
  const { items, officer } = useWanted(listNeighbours, {}, "neighbours");
  const all = useWanted(listSisters, {}, "sisters").items;
  const treaties = all.filter(({ mode }) => mode !== "neighbour" && mode !== "blocked");
  useLive("neighbours");
  useLive("sisters");
  const neighbours = items.filter(({ id }) => !treaties.some(({ host }) => host === id));
  return (
    <section>
      <h1>{t("federation.title")}</h1>
      <p className="lead">{t("federation.lead")}</p>
      <Treaties sisters={treaties} />
      {items.length === 0 && treaties.length === 0 ? <p>{t("federation.none")}</p> : undefined}
      <ul className="tree">
        {neighbours.map((neighbour) => (
          <One key={neighbour.id} neighbour={neighbour} officer={officer} />
        ))}
      </ul>
      {officer ? <Ask /> : undefined}
      <Blocked coops={all.filter(({ mode }) => mode === "blocked")} officer={officer} />
      <p>
        <Link to="/jobs">{t("federation.jobs")}</Link>
      </p>
    </section>
  );
}

/** Coops that a treaty is about: what it is to us, since when, and why where it rests or is over. */
function Treaties({ sisters }: { readonly sisters: readonly Sister[] }) {
  const t = useT();
  if (sisters.length === 0) return undefined;
  return (
    <ul className="tree">
      {sisters.map(({ host, origin, name, mode, reason, since }) => (
        <li key={host}>
          <article className="branch">
            <h2>
              <Link to={`/sisters/${host}`}>{name}</Link>
            </h2>
            <p>{new URL(origin).host}</p>
            <p role="status">
              {t(`federation.mode.${mode}`)} <At at={since} />
            </p>
            {reason ? <p className="letter">{reason}</p> : undefined}
          </article>
        </li>
      ))}
    </ul>
  );
}

function One({ neighbour, officer }: { readonly neighbour: Neighbour; readonly officer: boolean }) {
  const t = useT();
  const { id, origin, name, state, why, since, currencies } = neighbour;
  const address = new URL(origin).host;
  return (
    <li>
      <article className="branch">
        <h2>{name === undefined ? address : <Link to={`/sisters/${id}`}>{name}</Link>}</h2>
        <p>
          <a href={origin} rel="noopener noreferrer">
            {address}
          </a>
          {currencies.length > 0 ? ` · ${currencies.join(", ")}` : ""}
        </p>
        <p role="status">
          {t(`federation.state.${state}`)} {why ? t(`federation.missed.${why}`) : ""} <At at={since} />
        </p>
        {officer ? <NeighbourActs neighbour={neighbour} /> : undefined}
      </article>
    </li>
  );
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
