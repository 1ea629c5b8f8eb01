// What becomes of approved work: an invoice with our fee, or, of work that two coops share, what one of them owes the other.
import { homeLossPpm } from "@partcommune/shared/money/rules/legs-of-sisters";
import { figuresOf } from "@partcommune/shared/money/rules/split";
import type { Id } from "@partcommune/shared/platform/id";
import { expectClaim, noteApproved, raiseClaim, sisterOfHost } from "../../federation/index.ts";
import { earnAtSister, issueInvoice, type InvoiceOrder, type Issued } from "../../money/index.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";
import { engagementElsewhere, type EngagementElsewhere } from "../store/across.ts";
import { namesOf, weightsOf } from "../store/teams.ts";

type Order = Omit<InvoiceOrder, "team" | "sister">;
type Billed = Pick<Issued, "invoice" | "number" | "earnings">;

/** Bills one approved milestone, by its number, and says who earned what of it. */
export async function billed(scope: Scope, order: Order, number: number): Promise<Billed> {
  const { engagement, price } = order;
  const across = await engagementElsewhere(viewOf(scope), engagement);
  if (!across) return issueInvoice(scope, { ...order, team: await weightsOf(viewOf(scope), engagement) });
  const { host, iri } = across;
  const shared = { feePpm: BigInt(across.feePpm), hostSharePpm: BigInt(across.hostSharePpm) };
  const figures = figuresOf({ price, ...shared });
  const losses = homeLossPpm(shared.hostSharePpm, across.creditRisk);
  const answer = await (across.isHome ? earned : owed)(scope, order, { ...shared, host, homeLossPpm: losses });
  const { invoice } = answer;
  await (across.isHome ? raiseClaim : expectClaim)(scope, { host, invoice, engagement: iri, milestone: `m${number}`, ...figures });
  await noteApproved(scope, { host, engagement: iri, amount: figures.due });
  return answer;
}

type Shared = { readonly host: Id } & Readonly<Record<"feePpm" | "hostSharePpm" | "homeLossPpm", bigint>>;

/** Our client owes us for what a sister's member did. */
async function owed(scope: Scope, order: Order, sister: Shared): Promise<Billed> {
  const team = await weightsOf(viewOf(scope), order.engagement);
  const names = await namesOf(
    viewOf(scope),
    team.map(({ member }) => member),
  );
  return issueInvoice(scope, { ...order, sister: { ...sister, doneBy: [...names.values()].join(", ") } });
}

/** A sister owes us for what our member did for its client. */
async function earned(scope: Scope, { engagement, milestone, price, agreedAt, about }: Order, shared: Shared): Promise<Billed> {
  const team = await weightsOf(viewOf(scope), engagement);
  const { name } = (await sisterOfHost(scope.tx, shared.host)) ?? {};
  return earnAtSister(scope, {
    engagement,
    milestone,
    price,
    agreedAt,
    about,
    team,
    ...shared,
    ...(name === undefined ? {} : { sister: name }),
  });
}

/** What of the work that two coops agreed on the client's may come to owe the member's. */
export const dueOf = (
  { feePpm, hostSharePpm }: Pick<EngagementElsewhere, "feePpm" | "hostSharePpm">,
  price: Order["price"],
): Order["price"] => figuresOf({ price, feePpm: BigInt(feePpm), hostSharePpm: BigInt(hostSharePpm) }).due;
