// Posting a job: what, where, when, for how much, and until when one may bid.
import { useState } from "react";
import { postJob } from "@partcommune/shared/marketplace/api";
import { readMe } from "@partcommune/shared/membership/api";
import { readCoop } from "@partcommune/shared/platform/api";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { decimalFrom } from "../../ui/decimal.ts";
import { DateField, Field, LongField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { faultAt } from "../../ui/refusal.tsx";

const blank = { title: "", text: "", trade: "", town: "", startOn: "", endOn: "", price: "", bidsUntil: "" };

export function Post() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  const clients = person?.buysFor.filter(({ role }) => role === "owner" || role === "poster") ?? [];
  if (clients.length > 0) return <PostForm clients={clients} />;
  return (
    <section className="sheet">
      <h1>{t("marketplace.post.title")}</h1>
      <p>{t("marketplace.post.first")}</p>
      <Link to="/hire" className="button">
        {t("marketplace.home.hire")}
      </Link>
    </section>
  );
}

function PostForm({ clients }: { readonly clients: readonly { readonly client: string; readonly name: string }[] }) {
  const t = useT();
  const { language } = useSpeech();
  const { currency = "EUR", country = "BE" } = useWanted(readCoop, {});
  const [client, setClient] = useState(clients[0]?.client ?? "");
  const [job, setJob] = useState(blank);
  const { act, busy, told, refusal } = useAct(postJob);
  if (told) return <Posted id={told.id} />;
  const { town, price, ...rest } = job;
  const change = (name: keyof typeof blank) => (value: string) => setJob({ ...job, [name]: value });
  const of = (name: keyof typeof blank) => ({ name, value: job[name], change: change(name), fault: faultAt(refusal, `/${name}`) });
  const ready = [rest.title, rest.text, rest.trade, rest.startOn, rest.endOn, rest.bidsUntil].every((value) => value.trim() !== "");
  const send = async (): Promise<void> => {
    const where = town.trim() ? { place: { town, country } } : {};
    const howMuch = price.trim() ? { price: { amount: decimalFrom(price, currency), currency } } : {};
    await act({ client, language, ...rest, ...where, ...howMuch });
  };
  return (
    <section className="sheet">
      <h1>{t("marketplace.post.title")}</h1>
      <Form act={send} says={t("marketplace.post.post")} busy={busy} ready={ready} refusal={refusal}>
        {clients.length > 1 ? (
          <Pick
            label={t("marketplace.post.client")}
            name="client"
            value={client}
            change={setClient}
            options={clients.map((each) => ({ value: each.client, says: each.name }))}
          />
        ) : undefined}
        <Field label={t("marketplace.post.what")} {...of("title")} />
        <LongField label={t("marketplace.post.text")} {...of("text")} />
        <Field label={t("marketplace.job.trade")} {...of("trade")} />
        <Field label={t("marketplace.post.town")} hint={t("marketplace.post.town.hint")} {...of("town")} />
        <div className="beside">
          <DateField label={t("marketplace.post.startOn")} {...of("startOn")} />
          <DateField label={t("marketplace.post.endOn")} {...of("endOn")} />
        </div>
        <Field label={t("marketplace.post.price", { currency })} mode="decimal" hint={t("marketplace.post.price.hint")} {...of("price")} />
        <DateField label={t("marketplace.post.bidsUntil")} hint={t("marketplace.post.bidsUntil.hint")} {...of("bidsUntil")} />
      </Form>
    </section>
  );
}

function Posted({ id }: { readonly id: string }) {
  const t = useT();
  return (
    <section className="sheet">
      <h1>{t("marketplace.post.done")}</h1>
      <p>{t("marketplace.post.done.says")}</p>
      <Link to={`/jobs/${id}`} className="button">
        {t("marketplace.post.see")}
      </Link>
    </section>
  );
}
