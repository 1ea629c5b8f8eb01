// The panels called about a vote or a proposal: how far each is, until when, and what it decided.
import type { readVote } from "@partcommune/shared/governance/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Until } from "../../ui/when.tsx";

export type PanelCardTold = ToldOf<typeof readVote>["panels"][number];

export function Panels({ panels }: { readonly panels: readonly PanelCardTold[] }) {
  const t = useT();
  if (panels.length === 0) return undefined;
  return (
    <>
      <ul className="rows">
        {panels.map((panel) => (
          <li key={panel.id}>
            <Link to={`/panels/${panel.id}`}>{t(`panels.round.${panel.round}`)}</Link>
            <span>
              <PanelStands panel={panel} />
            </span>
          </li>
        ))}
      </ul>
      <Undecided panel={panels.at(-1)} />
    </>
  );
}

/** What a panel came to, or where it stands and until when. */
export function PanelStands({ panel: { state, until, decision, same } }: { readonly panel: PanelCardTold }) {
  const t = useT();
  if (decision)
    return (
      <>
        {t(`panels.decided.${decision}`)}
        {same === undefined ? undefined : ` ${t(same ? "panels.recount.same" : "panels.recount.differs")}`}
      </>
    );
  return (
    <>
      {t(`panels.state.${state}`)} {until ? <Until at={until} /> : undefined}
    </>
  );
}

/** Neither of two panels decided, or nobody could be drawn: what holds then. A first panel is followed by a second. */
export function Undecided({ panel }: { readonly panel: PanelCardTold | undefined }) {
  const t = useT();
  if (panel?.state !== "lapsed") return undefined;
  if (panel.lot === undefined) return <p className="kept">{t(`panels.nobody.${panel.cause}`)}</p>;
  return panel.round === 1 ? undefined : <p className="kept">{t(`panels.undecided.${panel.cause}`)}</p>;
}
