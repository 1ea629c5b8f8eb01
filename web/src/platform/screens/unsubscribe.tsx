// The page behind the link at the end of each letter of notices: one button, no session.
import { unsubscribe } from "@partcommune/shared/platform/api/notices";
import { useParams } from "@tanstack/react-router";
import { useAct } from "../call.tsx";
import { useT } from "../i18n.tsx";
import { Form } from "../../ui/form.tsx";

export function Unsubscribe() {
  const t = useT();
  const { link = "" } = useParams({ strict: false });
  const { act, busy, told, refusal } = useAct(unsubscribe);
  return (
    <section className="sheet">
      <h1>{t("platform.unsubscribe.title")}</h1>
      {told ? (
        <p role="status">{t("platform.unsubscribe.done")}</p>
      ) : (
        <Form act={async () => void (await act({ link }))} says={t("platform.unsubscribe.act")} busy={busy} ready refusal={refusal}>
          <p>{t("platform.unsubscribe.says")}</p>
        </Form>
      )}
    </section>
  );
}
