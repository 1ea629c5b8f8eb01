// Changes of signed work on the advisers' desk: those that a check holds up, to be answered for in writing or sent back.
import { coverAmendment, listAmendments, sendBackAmendment } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Lines } from "./amendment-lines.tsx";
import { Checks } from "./cover.tsx";
import { Reasoned } from "./work.tsx";

type Waiting = ToldOf<typeof listAmendments>["items"][number];

export function HeldAmendments() {
  const t = useT();
  const { items } = useWanted(listAmendments, {}, "desk:engagements");
  if (items.length === 0) return undefined;
  return (
    <section aria-labelledby="amendments">
      <h2 id="amendments">{t("workspace.amendments.desk")}</h2>
      <ul className="plain">
        {items.map((waiting) => (
          <Row key={waiting.engagement} waiting={waiting} />
        ))}
      </ul>
    </section>
  );
}

function Row({ waiting: { engagement, title, client, member, amendment } }: { readonly waiting: Waiting }) {
  const t = useT();
  const cover = useAct(coverAmendment);
  const back = useAct(sendBackAmendment);
  const shown = { engagement, hash: amendment.hash };
  return (
    <li className="milestone">
      <h3>{title}</h3>
      <p>{t("marketplace.engagement.between", { client, member })}</p>
      <p className="letter">{amendment.reason}</p>
      <Lines amendment={amendment} />
      <Checks checks={amendment.checks.map((check) => ({ check, holds: false }))} />
      <Reasoned
        open={t("workspace.amendments.cover.open")}
        says={t("workspace.amendments.cover")}
        label={t("marketplace.uncovered.note")}
        hint={t("marketplace.uncovered.note.hint")}
        send={async (note) => void (await cover.act({ ...shown, note }))}
        busy={cover.busy}
        refusal={cover.refusal}
      />
      <Reasoned
        open={t("marketplace.uncovered.back.open")}
        says={t("marketplace.uncovered.back")}
        label={t("marketplace.uncovered.reason")}
        hint={t("workspace.amendments.back.hint")}
        send={async (reason) => void (await back.act({ ...shown, reason }))}
        busy={back.busy}
        refusal={back.refusal}
      />
    </li>
  );
}
