// Money that members set aside by a vote: one treasurer enters what the bank paid for it, with the reason, and another confirms.
import { useState } from "react";
import { listPurposes } from "@partcommune/shared/money/api/purpose";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";
import { LineForm } from "./line-form.tsx";

type Told = ToldOf<typeof listPurposes>["items"][number];

export function Purposes({ acts }: { readonly acts: boolean }) {
  const t = useT();
  const { items: purposes = [] } = useAsked(listPurposes, {}, true, "desk:money") ?? {};
  if (purposes.length === 0) return undefined;
  return (
    <section aria-labelledby="purposes">
      <h2 id="purposes">{t("money.purposes.title")}</h2>
      <ul className="rows">
        {purposes.map((purpose) => (
          <Row key={purpose.id} purpose={purpose} acts={acts} />
        ))}
      </ul>
    </section>
  );
}

function Row({ purpose: { id, title, left, until }, acts }: { readonly purpose: Told; readonly acts: boolean }) {
  const t = useT();
  const [reason, setReason] = useState("");
  return (
    <li>
      <div>
        <h3>
          <Link to={`/proposals/${id}`}>{title}</Link>
        </h3>
        <p>
          {t("money.purposes.until")} <Day on={until} />
        </p>
        {acts ? (
          <Field
            label={t("money.purposes.reason")}
            hint={t("money.purposes.reason.hint")}
            name={`reason-${id}`}
            value={reason}
            change={setReason}
          />
        ) : undefined}
        {acts && reason.trim() !== "" ? (
          <LineForm opens={t("money.purposes.pay")} means={{ kind: "purposePaid", purpose: id, reason: reason.trim() }} expected={left} />
        ) : undefined}
      </div>
      <strong>
        <Money of={left} />
      </strong>
    </li>
  );
}
