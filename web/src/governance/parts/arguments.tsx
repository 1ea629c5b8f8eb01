// Why some are for and others against, in an order by lot that is another for each reader.
import type { readProposal } from "@partcommune/shared/governance/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { At } from "../../ui/when.tsx";

type Said = ToldOf<typeof readProposal>["arguments"];

export function Arguments({ said }: { readonly said: Said }) {
  const t = useT();
  if (said.length === 0) return undefined;
  return (
    <section aria-labelledby="arguments">
      <h2 id="arguments">{t("votes.arguments")}</h2>
      <p className="hint">{t("votes.arguments.order")}</p>
      <ul className="plain">
        {said.map(({ id, side, by, text, at }) => (
          <li key={id} className="milestone">
            <p>
              <strong>{t(`votes.side.${side}`)}</strong>{" "}
              <small className="hint">
                {by} · <At at={at} />
              </small>
            </p>
            <p className="letter">{text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
