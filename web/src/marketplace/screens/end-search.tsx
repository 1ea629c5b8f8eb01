// Where the link of a letter leads: one click ends the search, without signing in. Opening the page ends nothing, since mail programs open links by themselves.
import { endSearchByLetter } from "@partcommune/shared/marketplace/api";
import { useSearch } from "@tanstack/react-router";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";

export function EndSearch() {
  const t = useT();
  const address: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const token = typeof address["token"] === "string" ? address["token"] : "";
  const { act, busy, told, refusal } = useAct(endSearchByLetter);
  return (
    <section className="sheet">
      <h1>{t("marketplace.endSearch.title")}</h1>
      {told ? (
        <p role="status">{t("marketplace.endSearch.done")}</p>
      ) : (
        <Form
          act={async () => void (await act({ token }))}
          says={t("marketplace.endSearch.act")}
          busy={busy}
          ready={token !== ""}
          refusal={refusal}
        />
      )}
      <Link to="/jobs">{t("marketplace.jobs.title")}</Link>
    </section>
  );
}
