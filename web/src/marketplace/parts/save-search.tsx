// Keeping a search: a letter says when a job opens that it finds.
import { saveSearch } from "@partcommune/shared/marketplace/api";
import { rhythms, type Rhythm } from "@partcommune/shared/marketplace/rules/saved-search";
import { queryOf } from "@partcommune/shared/marketplace/rules/search";
import { readSession } from "@partcommune/shared/platform/api";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { useSayFilter } from "./say-filter.ts";
import { activeOf, type Counts, type Search } from "./search-told.ts";

export function SaveSearch({ search, counts }: { readonly search: Search; readonly counts: Counts }) {
  const t = useT();
  const { person } = useWanted(readSession, {});
  const say = useSayFilter(counts);
  const words = activeOf(search).map((name) => say(name, search.filters[name] ?? ""));
  if (!person)
    return (
      <p>
        <Link to="/sign-in">{t("marketplace.save.signIn")}</Link>
      </p>
    );
  return (
    <details className="unfold">
      <summary>{t("marketplace.save.title")}</summary>
      <SaveForm
        key={queryOf(search.filters)}
        query={queryOf(search.filters)}
        called={words.join(", ").slice(0, 80) || t("marketplace.save.any")}
      />
    </details>
  );
}

function SaveForm({ query, called }: { readonly query: string; readonly called: string }) {
  const t = useT();
  const [name, setName] = useState(called);
  const [rhythm, setRhythm] = useState<Rhythm>("daily");
  const { act, busy, told, refusal } = useAct(saveSearch);
  if (told)
    return (
      <p role="status">
        {t("marketplace.save.done")} <Link to="/my/searches">{t("marketplace.searches.title")}</Link>
      </p>
    );
  return (
    <Form
      act={async () => void (await act({ name, query, rhythm }))}
      says={t("marketplace.save.act")}
      busy={busy}
      ready={name.trim() !== ""}
      refusal={refusal}
    >
      <Field label={t("marketplace.save.name")} name="name" value={name} change={setName} fault={faultAt(refusal, "/name")} />
      <RhythmPick value={rhythm} change={setRhythm} />
    </Form>
  );
}

export function RhythmPick({ value, change }: { readonly value: Rhythm; readonly change: (rhythm: Rhythm) => void }) {
  const t = useT();
  return (
    <Pick
      label={t("marketplace.save.rhythm")}
      name="rhythm"
      value={value}
      change={change}
      options={rhythms.map((each) => ({ value: each, says: t(`marketplace.rhythm.${each}`) }))}
    />
  );
}
