// The way into a demo: its people, and a door for each.
import { readSession } from "@partcommune/shared/platform/api";
import { enterDemo, listDemoPeople } from "@partcommune/shared/membership/api/demo";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useAwake } from "../../ui/awake.ts";
import { Refusal } from "../../ui/refusal.tsx";

export function Demo() {
  const t = useT();
  const { items } = useWanted(listDemoPeople, {});
  const { person: me } = useWanted(readSession, {});
  const { act, busy, refusal } = useAct(enterDemo);
  const awake = useAwake();
  return (
    <section className="sheet">
      <h1>{t("membership.demo.title")}</h1>
      <p className="lead">{t("membership.demo.says")}</p>
      {me ? <p role="status">{t("membership.demo.youAre", { name: me.name })}</p> : undefined}
      <Refusal problem={refusal} />
      <ul className="rows">
        {items.map((person) => (
          <li key={person.id}>
            <span>
              <strong>{person.name}</strong>
              <br />
              {t(`membership.demo.${partOf(person)}`, { client: person.buysFor ?? "" })}
            </span>
            <button
              type="button"
              className="quiet"
              disabled={!awake || busy}
              aria-label={t("membership.demo.enterAs", { name: person.name })}
              onClick={() => void act({ person: person.id })}
            >
              {t("membership.demo.enter")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

type DemoPerson = ToldOf<typeof listDemoPeople>["items"][number];

/** The part somebody plays, in one word: the office first, then what they buy or do. */
function partOf({ roles, buysFor }: DemoPerson): "board" | "treasurer" | "adviser" | "client" | "member" {
  if (roles.includes("board")) return "board";
  if (roles.includes("treasurer")) return "treasurer";
  if (roles.includes("adviser")) return "adviser";
  return buysFor ? "client" : "member";
}
