// Who keeps the state of whose book, between another coop and us.
import type { readSister } from "@partcommune/shared/federation/api/sisters";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { At } from "../../ui/when.tsx";

type Between = ToldOf<typeof readSister>["witnessed"] & { readonly host: string; readonly name: string };

/** Both ways for each coop; that nobody keeps ours is said too. */
export function Witnessed({ coops }: { readonly coops: readonly Between[] }) {
  const t = useT();
  return (
    <section aria-labelledby="witnessed">
      <h2 id="witnessed">{t("witnessed.title")}</h2>
      <p>{t("witnessed.lead")}</p>
      {coops.some(({ ours }) => ours?.finding === "extends") ? undefined : <p>{t("witnessed.none")}</p>}
      <ul className="rows">
        {coops.flatMap(({ host, name, ...heads }) =>
          (["ours", "theirs"] as const).map((whose) => <Head key={`${host} ${whose}`} name={name} whose={whose} head={heads[whose]} />),
        )}
      </ul>
    </section>
  );
}

type HeadProps = { readonly name: string; readonly whose: "ours" | "theirs"; readonly head: Between["ours"] };

function Head({ name, whose, head }: HeadProps) {
  const t = useT();
  if (!head) return undefined;
  return (
    <li>
      <span className={head.finding === "forked" ? "wrong" : undefined}>
        {t(`witnessed.${whose}.${head.finding}`, { name, size: head.size })}
      </span>
      <At at={head.at} />
    </li>
  );
}
