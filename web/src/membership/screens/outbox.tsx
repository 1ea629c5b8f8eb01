// Letters that wait because no mail server is set: the operator of a small machine hands them over.
import { readOutbox } from "@partcommune/shared/platform/api";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";

export function Outbox() {
  const t = useT();
  const { items } = useWanted(readOutbox, {});
  return (
    <section>
      <h1>{t("membership.outbox.title")}</h1>
      <p className="lead">{t("membership.outbox.lead")}</p>
      {items.length === 0 ? <p role="status">{t("membership.outbox.empty")}</p> : undefined}
      <ul className="rows">
        {items.map(({ id, to, subject, text }) => (
          <li key={id}>
            <div>
              <h2>{subject}</h2>
              <p>{to}</p>
              <p className="letter">{text}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
