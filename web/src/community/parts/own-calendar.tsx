// The secret link by which one's own calendar program follows the gatherings one comes to.
import { readCalendarLink, renewCalendarLink } from "@partcommune/shared/community/api";
import { useAct, useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";

export function OwnCalendar() {
  const t = useT();
  const link = useAsked(readCalendarLink, {}, true)?.link;
  const { act, busy, refusal } = useAct(renewCalendarLink);
  return (
    <Form
      act={async () => void (await act({}))}
      says={t(link ? "community.calendar.renew" : "community.calendar.make")}
      busy={busy}
      ready
      refusal={refusal}
    >
      <p>{t("community.calendar.says")}</p>
      {link ? (
        <p role="status" className="code">
          {link}
        </p>
      ) : undefined}
      {link ? <p className="hint">{t("community.calendar.renew.says")}</p> : undefined}
    </Form>
  );
}
