// Asking the members about a coop: to offer it a treaty, to say yes to what it offers, or to end what is in force.
import { readSister } from "@partcommune/shared/federation/api/sisters";
import { proposeTreaty } from "@partcommune/shared/federation/api/treaties";
import { languages } from "@partcommune/shared/platform/page";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { TermsTable } from "../../governance/parts/terms.tsx";
import { useWording, WordingFields } from "../../governance/parts/wording.tsx";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { MandateFields, mandateFrom, TermsFields, termsFrom, typedMandate, typedTerms } from "./terms-fields.tsx";

const route = getRouteApi("/$language/sisters/$host/$act");

export function ProposeTreaty() {
  const t = useT();
  const { language } = useSpeech();
  const { host, act: asked } = route.useParams();
  const what = asked === "end" ? asked : "make";
  const { name, treaty, begin } = useWanted(readSister, { host }, "sisters");
  const goTo = useNavigate();
  const { act, busy, refusal } = useAct(proposeTreaty);
  const theirs = what === "make" && treaty?.state === "received" ? treaty : undefined;
  const saying = what === "end" ? "end" : theirs ? "yes" : "make";
  const words = useWording({ title: t(`federation.proposal.${saying}`, { name }) });
  const [terms, setTerms] = useState(() => typedTerms(begin.terms));
  const [mandate, setMandate] = useState(() => typedMandate(begin.mandate));
  const about = theirs
    ? { hash: theirs.hash }
    : what === "end"
      ? {}
      : { terms: termsFrom(terms, begin.terms), mandate: mandateFrom(mandate, begin.mandate) };
  const send = async (): Promise<void> => {
    const spoken = languages.find((each) => each === language) ?? "en";
    const told = await act({ host, act: what, ...words.typed, language: spoken, ...about });
    if (told) await goTo({ href: `/${language}/proposals/${told.id}` });
  };
  return (
    <section>
      <h1>{t(`federation.ask.${saying}`, { name })}</h1>
      <p className="lead">{t(`federation.propose.${saying}`, { name })}</p>
      {theirs ? <TermsTable terms={theirs.terms} caption={t("votes.treaty.caption.theirs", { name })} /> : undefined}
      <Form act={send} says={t("votes.keepDraft")} busy={busy} ready={words.ready} refusal={refusal}>
        {saying === "make" ? (
          <>
            <TermsFields typed={terms} change={setTerms} refusal={refusal} currencies={begin.terms.currencies} />
            <MandateFields typed={mandate} change={setMandate} refusal={refusal} currencies={begin.terms.currencies} />
          </>
        ) : undefined}
        <WordingFields typed={words.typed} change={words.change} refusal={refusal} />
      </Form>
      <p>
        <Link to={`/sisters/${host}`}>{t("federation.back", { name })}</Link>
      </p>
    </section>
  );
}
