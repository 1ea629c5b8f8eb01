// The page of a mailed link: a client reads the quote and signs or declines it without an account, and learns how they come in from now on.
import { declineByLink, readQuoteByLink, signByLink } from "@partcommune/shared/marketplace/api";
import { readSession } from "@partcommune/shared/platform/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useParams } from "@tanstack/react-router";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { later } from "../../ui/later.tsx";
import { Link } from "../../ui/link.tsx";
import { useMoney } from "../../ui/money.tsx";
import { useUntil } from "../../ui/when.tsx";
import { AddedPromise, Lines } from "../parts/amendment-lines.tsx";
import { Quote } from "../parts/quote.tsx";

/** Shown once somebody has signed; nobody who reads the quote waits for it. */
const Enter = later(async () => (await import("../../membership/parts/enter.tsx")).Enter);

type QuoteTold = ToldOf<typeof readQuoteByLink>;

export function Sign() {
  const t = useT();
  const { token = "" } = useParams({ strict: false });
  const quote = useWanted(readQuoteByLink, { token });
  const sign = useAct(signByLink);
  const decline = useAct(declineByLink);
  if (sign.told) return <Signed quote={quote} />;
  if (decline.told)
    return (
      <section className="sheet">
        <h1>{t(quote.amendment ? "workspace.amendment.outcome.declined" : "marketplace.link.declined")}</h1>
        <p>{t(quote.amendment ? "workspace.amendment.decline.says" : "marketplace.link.declined.says", { member: quote.member })}</p>
      </section>
    );
  return (
    <article className="job">
      <Heading quote={quote} />
      <section className="next" aria-label={t("marketplace.next")}>
        {quote.sentBackBecause ? <p>{t("marketplace.next.sentBack", { reason: quote.sentBackBecause })}</p> : undefined}
        <Asked quote={quote} />
        <Form
          act={async () => void (await sign.act({ token, hash: quote.hash }))}
          says={t(quote.amendment ? "workspace.amendment.sign" : "marketplace.sign.act")}
          busy={sign.busy}
          ready
          refusal={sign.refusal}
        >
          <p>{t("marketplace.link.as", { name: quote.signer.name, email: quote.signer.email, client: quote.client })}</p>
        </Form>
      </section>
      {quote.amendment ? <Changed amendment={quote.amendment} /> : undefined}
      <Quote engagement={quote} />
      <details className="unfold">
        <summary>{t("marketplace.decline.open")}</summary>
        <Form
          act={async () => void (await decline.act({ token }))}
          says={t("marketplace.decline.act")}
          busy={decline.busy}
          ready
          refusal={decline.refusal}
        >
          <p>{t(quote.amendment ? "workspace.amendment.decline.says" : "marketplace.link.decline.says", { member: quote.member })}</p>
        </Form>
      </details>
    </article>
  );
}

/** What differs from what was signed before, and why. */
function Changed({ amendment }: { readonly amendment: NonNullable<QuoteTold["amendment"]> }) {
  const t = useT();
  return (
    <section aria-labelledby="amendment">
      <h2 id="amendment">{t("workspace.amendment.title")}</h2>
      <p className="letter">{amendment.reason}</p>
      <Lines amendment={amendment} />
      <AddedPromise amendment={amendment} />
    </section>
  );
}

function Heading({ quote: { title, client, member, amendment: changed } }: { readonly quote: QuoteTold }) {
  const t = useT();
  return (
    <header>
      <p className="steps">{t(changed ? "workspace.amendment.title" : "marketplace.engagement.state.quoted")}</p>
      <h1>{title}</h1>
      <p>{t("marketplace.engagement.between", { client, member })}</p>
    </header>
  );
}

/** What is asked, by when, and what it costs. */
function Asked({ quote: { amount, signUntil, amendment } }: { readonly quote: QuoteTold }) {
  const t = useT();
  const say = useMoney();
  const until = useUntil();
  return (
    <p className="lead">
      {t(amendment ? "marketplace.link.asks.change" : "marketplace.link.asks", { price: say(amount), until: until(signUntil) })}
    </p>
  );
}

/** From now on the same address opens the door: by a code, when its person wants. */
function Signed({ quote: { title, member, signer } }: { readonly quote: QuoteTold }) {
  const t = useT();
  const { person } = useWanted(readSession, {});
  return (
    <section className="sheet">
      <h1>{t("marketplace.link.signed")}</h1>
      <p className="lead">{t("marketplace.link.signed.says", { title, member })}</p>
      {person ? (
        <Link to="/my/engagements" className="button">
          {t("marketplace.engagements.title")}
        </Link>
      ) : (
        <>
          <h2>{t("marketplace.link.door")}</h2>
          <p>{t("marketplace.link.door.says")}</p>
          <Enter named={false} email={signer.email} />
        </>
      )}
    </section>
  );
}

/** What a link that opens nothing says; why is nobody's business but its person's. */
export function Spent() {
  const t = useT();
  return (
    <section className="sheet">
      <h1>{t("marketplace.link.spent")}</h1>
      <p>{t("marketplace.link.spent.says")}</p>
      <p>
        <Link to="/sign-in">{t("marketplace.link.signIn")}</Link>
      </p>
    </section>
  );
}
