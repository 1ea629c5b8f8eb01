// One's own page in the directory: what it says, and whether others see it.
import { useState } from "react";
import { readOwnProfile, saveProfile } from "@partcommune/shared/membership/api/directory";
import { handlePattern } from "@partcommune/shared/membership/rules/profile";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useTell } from "../../platform/said.tsx";
import { Field, LongField, Tick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { spoken, useLanguageName } from "../parts/spoken.tsx";

type Kept = AskedOf<typeof saveProfile>;

const blank: Kept = { handle: "", shown: false, headline: "", about: "", languages: [], places: [] };

export function Profile() {
  const t = useT();
  const { profile } = useWanted(readOwnProfile, {});
  return (
    <section className="sheet">
      <h1>{t("membership.profile.title")}</h1>
      <p className="lead">{t("membership.profile.lead")}</p>
      {profile ? (
        <p role="status">
          {profile.shown ? t("membership.profile.isShown") : t("membership.profile.isHidden")}{" "}
          {profile.shown ? <Link to={`/members/${profile.handle}`}>{t("membership.profile.see")}</Link> : undefined}
        </p>
      ) : undefined}
      <Page kept={profile ?? blank} />
    </section>
  );
}

function Page({ kept }: { readonly kept: Kept }) {
  const t = useT();
  const tell = useTell();
  const [page, setPage] = useState(kept);
  const [places, setPlaces] = useState(kept.places.join(", "));
  const { act, busy, refusal } = useAct(saveProfile);
  const change = (part: Partial<Kept>): void => setPage((before) => ({ ...before, ...part }));
  const named = places.split(",").flatMap((place) => place.trim() || []);
  const save = async (): Promise<void> => {
    if (await act({ ...page, places: named })) tell(t("membership.profile.saved"));
  };
  return (
    <Form act={save} says={t("membership.profile.save")} busy={busy} ready={handlePattern.test(page.handle)} refusal={refusal}>
      <Field
        label={t("membership.profile.handle")}
        name="handle"
        value={page.handle}
        change={(handle) => change({ handle: handle.toLowerCase() })}
        hint={t("membership.profile.handle.hint")}
        fault={faultAt(refusal, "/handle")}
      />
      <Field
        label={t("membership.profile.headline")}
        name="headline"
        value={page.headline}
        change={(headline) => change({ headline })}
        hint={t("membership.profile.headline.hint")}
        fault={faultAt(refusal, "/headline")}
      />
      <LongField
        label={t("membership.profile.about")}
        name="about"
        value={page.about}
        change={(about) => change({ about })}
        fault={faultAt(refusal, "/about")}
      />
      <Field
        label={t("membership.profile.places")}
        name="places"
        value={places}
        change={setPlaces}
        hint={t("membership.profile.places.hint")}
        fault={faultAt(refusal, "/places")}
      />
      <Languages chosen={page.languages} change={(languages) => change({ languages })} />
      <Tick label={t("membership.profile.shown")} name="shown" value={page.shown} change={(shown) => change({ shown })} />
    </Form>
  );
}

function Languages({ chosen, change }: { readonly chosen: readonly string[]; readonly change: (codes: string[]) => void }) {
  const t = useT();
  const name = useLanguageName();
  return (
    <fieldset>
      <legend>{t("membership.profile.languages")}</legend>
      <div className="ticks">
        {spoken.map((code) => (
          <Tick
            key={code}
            label={name(code)}
            name={code}
            value={chosen.includes(code)}
            change={(on) => change(on ? [...chosen, code] : chosen.filter((each) => each !== code))}
          />
        ))}
      </div>
    </fieldset>
  );
}
