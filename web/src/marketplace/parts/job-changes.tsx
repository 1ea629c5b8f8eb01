// What changed in a job since it was posted, field by field: what it said, and what it says.
import { listJobChanges } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAsked } from "../../platform/call.tsx";
import { useLearnt, useT } from "../../platform/i18n.tsx";
import { useMoney } from "../../ui/money.tsx";
import { At, useDay } from "../../ui/when.tsx";

type Change = ToldOf<typeof listJobChanges>["items"][number];
type Terms = Change["before"];
type Field = Change["fields"][number];

export function JobChanges({ job }: { readonly job: string }) {
  const t = useT();
  const learnt = useLearnt("offers");
  const told = useAsked(listJobChanges, { job }, learnt, `job:${job}`);
  if (!told || told.items.length === 0) return undefined;
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{t("marketplace.changes.title")}</h2>
      {told.items.map((change) => (
        <OneChange key={change.version} change={change} />
      ))}
    </section>
  );
}

function OneChange({ change: { changedAt, fields, before, after } }: { readonly change: Change }) {
  const t = useT();
  const say = useField();
  return (
    <>
      <p className="steps">
        <At at={changedAt} />
      </p>
      <dl className="facts">
        {fields.map((field) => (
          <div key={field}>
            <dt>{t(`marketplace.changes.field.${field}`)}</dt>
            <dd>
              <del>{say(field, before)}</del>
              <br />
              <ins>{say(field, after)}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Says one field of a job; a place, a price and milestones may have been left out. */
function useField(): (field: Field, terms: Terms) => string {
  const t = useT();
  const money = useMoney();
  const day = useDay();
  return (field, { place, startOn, endOn, priceKind, price, least, most, milestones = [], ...texts }) => {
    switch (field) {
      case "place":
        return place?.town ?? t("marketplace.job.remote");
      case "startOn":
        return startOn ? day(startOn) : "";
      case "endOn":
        return endOn ? day(endOn) : "";
      case "price":
        return price ? money(price) : t("marketplace.job.openPrice");
      case "priceKind":
        return priceKind ? t(`marketplace.priceKind.${priceKind}`) : "";
      case "least":
        return least ? money(least) : t("marketplace.changes.noBound");
      case "most":
        return most ? money(most) : t("marketplace.changes.noBound");
      case "milestones":
        return milestones.map(({ title, amount }) => `${title} ${money(amount)}`).join(" · ") || t("marketplace.changes.whole");
      case "service":
        return texts.service ? t(`marketplace.service.${texts.service}`) : t("offers.service.none");
      default:
        return texts[field] ?? "";
    }
  };
}
