// The offer of a passkey to whoever is signed in without one: the next time they need no letter.
import { readMe } from "@partcommune/shared/membership/api";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { AddPasskey } from "./passkey.tsx";

/** Nothing for a visitor, and nothing for whoever has a passkey. */
export function PasskeyOffer() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  if (person?.passkeys !== 0) return undefined;
  return (
    <aside aria-label={t("membership.passkey.offer")} className="example form">
      <h2>{t("membership.passkey.offer")}</h2>
      <p>{t("membership.passkey.says")}</p>
      <AddPasskey />
    </aside>
  );
}
