// Invoices that members call wrong: a treasurer says why one stands, or has it taken back and written anew.
import { answerCalledWrong, listCalledWrong, printSelfBilled } from "@partcommune/shared/money/api";
import { pathWith, type ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { At, Day } from "../../ui/when.tsx";

type Wrong = ToldOf<typeof listCalledWrong>["items"][number];

export function CalledWrong({ acts }: { readonly acts: boolean }) {
  const t = useT();
  const { items } = useWanted(listCalledWrong, {}, "desk:money");
  if (items.length === 0) return undefined;
  return (
    <section aria-labelledby="called-wrong">
      <h2 id="called-wrong">{t("money.wrong.title")}</h2>
      <p className="hint">{t("money.wrong.says")}</p>
      <ul className="rows">
        {items.map((wrong) => (
          <OneWrong key={wrong.id} wrong={wrong} acts={acts} />
        ))}
      </ul>
    </section>
  );
}

function OneWrong({ wrong, acts }: { readonly wrong: Wrong; readonly acts: boolean }) {
  const t = useT();
  const say = useMoney();
  const { id, number, member, own, issuedOn, about, net, vat, because, at, anew } = wrong;
  return (
    <li>
      <div>
        <h3>{member}</h3>
        <p>
          <a href={pathWith(printSelfBilled.path, { paper: id })}>{number}</a> · <Day on={issuedOn} /> · {about}
        </p>
        <p role="status">
          {because} · <At at={at} />
        </p>
        {anew ? (
          <p>{t("money.wrong.anew.says", { seller: anew.seller, vat: say(anew.vat) })}</p>
        ) : (
          <p>{t("money.wrong.notAgreed", { member })}</p>
        )}
        {acts && own ? <p>{t("money.wrong.own")}</p> : undefined}
        {acts && !own ? <Answering wrong={wrong} /> : undefined}
      </div>
      <p>
        <strong>{say(net)}</strong>
        <br />
        {t("money.wrong.vat", { vat: say(vat) })}
      </p>
    </li>
  );
}

function Answering({ wrong: { id, number, anew } }: { readonly wrong: Wrong }) {
  const t = useT();
  const [because, setBecause] = useState("");
  const { act, busy, refusal } = useAct(answerCalledWrong);
  return (
    <>
      {anew ? (
        <Form
          act={async () => void (await act({ paper: id }))}
          says={t("money.wrong.anew", { number })}
          busy={busy}
          ready
          refusal={because === "" ? refusal : undefined}
        />
      ) : undefined}
      <Unfold says={t("money.wrong.stands.open", { number })} faint>
        <Form
          act={async () => void (await act({ paper: id, because }))}
          says={t("money.wrong.stands")}
          busy={busy}
          ready={because.trim() !== ""}
          refusal={because === "" ? undefined : refusal}
        >
          <LongField
            label={t("money.wrong.because")}
            name="because"
            value={because}
            change={setBecause}
            rows={3}
            fault={faultAt(refusal, "/because")}
          />
        </Form>
      </Unfold>
    </>
  );
}
