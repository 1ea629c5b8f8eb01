// An assembly on its page: the agenda with what is open of it, who leads and watches, who is there.
import { readAssembly } from "@partcommune/shared/community/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { later } from "../../ui/later.tsx";
import { Link } from "../../ui/link.tsx";
import { At } from "../../ui/when.tsx";

export type AssemblyTold = ToldOf<typeof readAssembly>;
export type ItemTold = AssemblyTold["items"][number];

const Attending = later(async () => (await import("./attending.tsx")).Attending);
const Chairing = later(async () => (await import("./chairing.tsx")).Chairing);
const ChairedItem = later(async () => (await import("./chaired-item.tsx")).ChairedItem);

export function Assembly({ id }: { readonly id: string }) {
  const t = useT();
  const assembly = useWanted(readAssembly, { gathering: id }, `gathering:${id}`);
  const { items, mine, minutes, tellers } = assembly;
  const isBusy = items.some(({ state }) => state === "open");
  return (
    <>
      <h2>{t("community.assembly")}</h2>
      <Standing assembly={assembly} />
      {minutes && assembly.present ? (
        <p className="acts">
          <Link to={`/gatherings/${id}/minutes`} className="button">
            {t("community.minutes.title")}
          </Link>
        </p>
      ) : undefined}
      {mine ? <Attending id={id} assembly={assembly} /> : undefined}
      <h2>{t("community.agenda")}</h2>
      <ol className="plain agenda">
        {items.map((item, at) => (
          <li key={item.id} className="milestone" aria-current={item.state === "open" ? "step" : undefined}>
            <Item item={item} at={at} />
            {mine?.verbs.includes("draw") && tellers.length > 0 ? <ChairedItem id={id} item={item} free={!isBusy} /> : undefined}
          </li>
        ))}
      </ol>
      {mine?.verbs.includes("handOver") ? <Chairing id={id} assembly={assembly} /> : undefined}
    </>
  );
}

/** Where it stands, who leads it, and who watches. */
function Standing({ assembly: { state, chair, tellers, seed, openedAt, closedAt, room, online } }: { readonly assembly: AssemblyTold }) {
  const t = useT();
  return (
    <dl className="facts">
      <Fact says={t("community.assembly.state")}>
        {t(`community.state.${state}`)} {openedAt && !closedAt ? <At at={openedAt} /> : undefined}{" "}
        {closedAt ? <At at={closedAt} /> : undefined}
      </Fact>
      <Fact says={t("community.chair")}>{chair}</Fact>
      {tellers.length > 0 ? <Fact says={t("community.tellers")}>{tellers.join(", ")}</Fact> : undefined}
      {room + online > 0 ? (
        <Fact says={t("community.present")}>
          {t("community.room", { count: room })} · {t("community.byLink", { count: online })}
        </Fact>
      ) : undefined}
      {seed ? (
        <Fact says={t("community.lot")}>
          <span className="code">{seed}</span>
        </Fact>
      ) : undefined}
    </dl>
  );
}

/** An item as everybody reads it; while its vote is open, the way to one's ballot. */
function Item({ item: { kind, title, text, state, note, proposal, vote }, at }: { readonly item: ItemTold; readonly at: number }) {
  const t = useT();
  return (
    <>
      <h3>
        {at + 1}. {title}
      </h3>
      <p className="hint">
        {t(`community.item.${kind}`)} · {t(`community.item.state.${state}`)}
        {vote?.outcome ? ` · ${t(`community.outcome.${vote.outcome}`)}` : undefined}
      </p>
      {text ? <p className="letter">{text}</p> : undefined}
      {note ? <p className="letter">{note}</p> : undefined}
      {proposal ? (
        <p className="acts">
          <Link to={`/proposals/${proposal}`}>{t("community.item.proposal")}</Link>
          {vote?.outcome ? <Link to={`/votes/${vote.id}`}>{t("community.item.result")}</Link> : undefined}
        </p>
      ) : undefined}
    </>
  );
}
