// Posting a job: what, where, when, for how much, and until when one may bid. What is typed is kept, and an earlier job can be the beginning.
import { useMemo, useState } from "react";
import { postJob, readDraft, readJob } from "@partcommune/shared/marketplace/api";
import { readMe } from "@partcommune/shared/membership/api";
import { useSearch } from "@tanstack/react-router";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { DateField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { HowToChoose, type Choice } from "../parts/how-to-choose.tsx";
import { ServiceField, serviceFrom } from "../parts/how-taxed.tsx";
import { JobFields, noWords, useJobForm, wordsKept, wordsOf, type JobWords } from "../parts/job-form.tsx";
import { PaidIn } from "../parts/paid-in.tsx";
import { DraftKept, useKeptDraft, type Draft } from "../parts/kept-draft.tsx";

type Clients = readonly { readonly client: string; readonly name: string }[];

export function Post() {
  const t = useT();
  const { language } = useSpeech();
  const { person } = useWanted(readMe, {});
  const { draft, from }: { readonly draft?: string; readonly from?: string } = useSearch({ strict: false });
  const clients = person?.buysFor.filter(({ role }) => role === "owner" || role === "poster") ?? [];
  if (clients.length === 0)
    return (
      <section className="sheet">
        <h1>{t("marketplace.post.title")}</h1>
        <p>{t("marketplace.post.first")}</p>
        <Link to="/hire" className="button">
          {t("marketplace.home.hire")}
        </Link>
      </section>
    );
  if (draft) return <PostDraft key={draft} clients={clients} draft={draft} />;
  if (from) return <PostAgain key={from} clients={clients} from={from} />;
  return (
    <PostForm clients={clients} first={{ words: noWords(language), choice: { visibility: "public", bidding: "open", blind: false } }} />
  );
}

/** Goes on with a draft. */
function PostDraft({ clients, draft: id }: { readonly clients: Clients; readonly draft: string }) {
  const { language } = useSpeech();
  const draft = useWanted(readDraft, { draft: id, labels: language });
  return <PostForm clients={clients} first={{ words: wordsKept(draft), choice: draft.words }} draft={draft} />;
}

/** Starts from an earlier job; its days are over, so they are asked anew. */
function PostAgain({ clients, from }: { readonly clients: Clients; readonly from: string }) {
  const { language } = useSpeech();
  const job = useWanted(readJob, { job: from, labels: language }, `job:${from}`);
  const steps = wordsOf(job).steps.map((step) => ({ ...step, dueOn: "" }));
  return <PostForm clients={clients} first={{ words: { ...wordsOf(job), startOn: "", endOn: "", steps }, choice: job }} />;
}

type PostProps = {
  readonly clients: Clients;
  readonly first: { readonly words: JobWords; readonly choice: Choice };
  readonly draft?: Draft & { readonly client: string };
};

function PostForm({ clients, first, draft }: PostProps) {
  const t = useT();
  const [client, setClient] = useState(draft?.client ?? clients[0]?.client ?? "");
  const form = useJobForm(first.words);
  const { words, write, terms, ready } = form;
  const [{ visibility, bidding, blind }, choose] = useState(first.choice);
  const choice = useMemo(() => ({ visibility, bidding, blind }), [visibility, bidding, blind]);
  const keeping = useKeptDraft(
    useMemo(() => ({ client, words, choice }), [client, words, choice]),
    draft,
  );
  const { act, busy, told, refusal } = useAct(postJob);
  const send = async (): Promise<void> => {
    await keeping.settled();
    const kept = keeping.draft();
    const { currency, service } = words;
    await act({
      client,
      ...terms,
      ...serviceFrom(service),
      ...(currency === "" ? {} : { currency }),
      bidsUntil: words.bidsUntil,
      ...choice,
      ...(kept ? { draft: kept } : {}),
    });
  };
  if (told) return <Posted id={told.id} visibility={visibility} />;
  return (
    <section className="sheet">
      <h1>{t("marketplace.post.title")}</h1>
      <Form act={send} says={t("marketplace.post.post")} busy={busy} ready={ready && words.bidsUntil !== ""} refusal={refusal}>
        {clients.length > 1 ? (
          <Pick
            label={t("marketplace.post.client")}
            name="client"
            value={client}
            change={setClient}
            options={clients.map((each) => ({ value: each.client, says: each.name }))}
          />
        ) : undefined}
        <JobFields form={form} refusal={refusal}>
          <ServiceField service={words.service} change={(service) => write({ ...words, service })} fault={faultAt(refusal, "/service")} />
          <PaidIn currency={words.currency} change={(currency) => write({ ...words, currency })} />
        </JobFields>
        <DateField
          label={t("marketplace.post.bidsUntil")}
          hint={t("marketplace.post.bidsUntil.hint")}
          name="bidsUntil"
          value={words.bidsUntil}
          change={(bidsUntil) => write({ ...words, bidsUntil })}
          fault={faultAt(refusal, "/bidsUntil")}
        />
        <HowToChoose choice={choice} choose={choose} />
      </Form>
      <DraftKept keeping={keeping} />
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
