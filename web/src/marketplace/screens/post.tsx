// Posting a job: what, where, when, for how much, and until when one may bid.
import { useState } from "react";
import { postJob } from "@partcommune/shared/marketplace/api";
import { readMe } from "@partcommune/shared/membership/api";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { DateField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { HowToChoose, type Choice } from "../parts/how-to-choose.tsx";
import { JobFields, noWords, useJobForm } from "../parts/job-form.tsx";

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
  const [client, setClient] = useState(clients[0]?.client ?? "");
  const [bidsUntil, setBidsUntil] = useState("");
  const form = useJobForm(noWords(language));
  const [choice, choose] = useState<Choice>({ visibility: "public", bidding: "open", blind: false });
  const { act, busy, told, refusal } = useAct(postJob);
  if (told) return <Posted id={told.id} visibility={choice.visibility} />;
  return (
    <section className="sheet">
      <h1>{t("marketplace.post.title")}</h1>
      <Form
        act={async () => void (await act({ client, ...form.terms, bidsUntil, ...choice }))}
        says={t("marketplace.post.post")}
        busy={busy}
        ready={form.ready && bidsUntil !== ""}
        refusal={refusal}
      >
        {clients.length > 1 ? (
          <Pick
            label={t("marketplace.post.client")}
            name="client"
            value={client}
            change={setClient}
            options={clients.map((each) => ({ value: each.client, says: each.name }))}
          />
        ) : undefined}
        <JobFields form={form} refusal={refusal} />
        <DateField
          label={t("marketplace.post.bidsUntil")}
          hint={t("marketplace.post.bidsUntil.hint")}
          name="bidsUntil"
          value={bidsUntil}
          change={setBidsUntil}
          fault={faultAt(refusal, "/bidsUntil")}
        />
        <HowToChoose choice={choice} choose={choose} />
      </Form>
    </section>
  );
}

function Posted({ id, visibility }: { readonly id: string; readonly visibility: Choice["visibility"] }) {
  const t = useT();
  return (
    <section className="sheet">
      <h1>{t("marketplace.post.done")}</h1>
      <p>{t(`marketplace.post.done.${visibility}`)}</p>
      {visibility === "invited" ? (
        <Link to={`/client/jobs/${id}`} className="button">
          {t("marketplace.invitations.open")}
        </Link>
      ) : undefined}
      <Link to={`/jobs/${id}`} className="button">
        {t("marketplace.post.see")}
      </Link>
    </section>
  );
}
