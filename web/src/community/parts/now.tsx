// What is on in an assembly at this moment, above all else on its page: where to vote, what tellers count, and the way in for who has come.
import { readAssembly } from "@partcommune/shared/community/api";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { later } from "../../ui/later.tsx";
import { Link } from "../../ui/link.tsx";
import type { ItemTold } from "./agenda.tsx";

const Attend = later(async () => (await import("./attending.tsx")).Attend);
const Papers = later(async () => (await import("./papers.tsx")).Papers);

export function Now({ id }: { readonly id: string }) {
  const t = useT();
  const { items, mine } = useWanted(readAssembly, { gathering: id }, `gathering:${id}`);
  const at = items.findIndex(({ state }) => state === "open");
  const open = items[at];
  const isExpected = mine?.mayAttend === true && mine.way === undefined;
  if (!open && !isExpected) return undefined;
  return (
    <section className="next" aria-label={t("community.now")}>
      {open ? (
        <>
          <p className="hint">{t("community.now")}</p>
          <p>
            <strong>
              {at + 1}. {open.title}
            </strong>
          </p>
          <Voting id={id} item={open} isTeller={mine?.isTeller === true} />
        </>
      ) : undefined}
      {isExpected ? <Attend id={id} /> : undefined}
    </section>
  );
}

type VotingProps = { readonly id: string; readonly item: ItemTold; readonly isTeller: boolean };

/** The way to one's ballot; on paper how far the tellers are, and for a teller who has not counted yet what they count. */
function Voting({ id, item: { id: item, vote }, isTeller }: VotingProps) {
  const t = useT();
  if (vote?.state !== "open") return undefined;
  const { papers } = vote;
  if (!papers)
    return (
      <p className="acts">
        <Link to={`/votes/${vote.id}`} className="button">
          {t("community.item.vote.now")}
        </Link>
      </p>
    );
  return (
    <>
      <p role="status">
        {t("community.papers.says")} {t(papers.agreed ? "community.papers.agreed" : "community.papers.entered", { count: papers.entered })}
        {papers.round > 1 && !papers.agreed ? ` ${t("community.papers.again")}` : undefined}
      </p>
      {isTeller && !papers.agreed && !papers.mine ? <Papers key={papers.round} id={id} item={item} /> : undefined}
    </>
  );
}
