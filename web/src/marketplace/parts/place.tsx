// Where a job is done.
import { useSpeech, useT } from "../../platform/i18n.tsx";

export function PlaceOf({ place }: { readonly place: { readonly town: string; readonly country: string } | undefined }) {
  const t = useT();
  const { language } = useSpeech();
  if (!place) return <>{t("marketplace.job.remote")}</>;
  return (
    <>
      {place.town}, {new Intl.DisplayNames(language, { type: "region" }).of(place.country)}
    </>
  );
}
