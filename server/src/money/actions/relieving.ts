// VAT on what was never paid: one treasurer enters what the tax office said, another confirms, and in that act it is booked.
import type * as api from "@partcommune/shared/money/api";
import { vatDue } from "@partcommune/shared/money/rules/accounts";
import type { Entry } from "@partcommune/shared/money/rules/entry";
import type { Leg } from "@partcommune/shared/money/rules/legs";
import {
  legsOfVatBorneBack,
  legsOfVatRefused,
  legsOfVatRelieved,
  objectionToRelief,
  type Asked,
} from "@partcommune/shared/money/rules/relief";
import { objectionToConfirming } from "@partcommune/shared/money/rules/two-people";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { reliefLaw } from "@partcommune/shared/platform/packs";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import type { Line } from "../store/bank-lines.ts";
import { post } from "../store/ledger.ts";
import * as store from "../store/reliefs.ts";
import { confirmProposed, discardProposed } from "../store/two-people.ts";
import { askingPerson } from "./asking-person.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Enters what the office said of a loss. Nothing moves yet. */
export const proposeRelief: Act<typeof api.proposeRelief> = async (scope, { loss, answer }) => {
  const { person: proposedBy } = askingPerson(scope);
  refuseIf(objectionToRelief(await askedNow(scope, found(await store.askedBack(scope, loss)), answer)));
  const id = await store.saveRelief(scope, { loss, answer, proposedBy });
  refuseUnless(id !== undefined, "relief-answered");
  scope.emit({ type: "relief.proposed", subject: id, body: { loss }, about: ["desk:money"] });
  return { id };
};

async function askedNow({ tx, now }: Scope, { vat }: store.AskedBack, answer: Asked["answer"]): Promise<Asked> {
  const { country, zone } = await bookOf(tx);
  return { vat, answer, country, law: reliefLaw(country, dayOf(now, zone)) };
}

/** Discards what one entered. */
export const discardRelief: Act<typeof api.discardRelief> = async (scope, { relief: id }) => {
  const { person } = askingPerson(scope);
  const { state, loss } = found(await store.reliefAt(scope, id));
  refuseUnless(await discardProposed(scope, "money.relief", id, person), "not-in-this-state", { state });
  scope.emit({ type: "relief.discarded", subject: id, body: { loss }, about: ["desk:money"] });
  return {};
};

/** Confirms as another treasurer what the office said. */
export const confirmRelief: Act<typeof api.confirmRelief> = async (scope, { relief: id }) => {
  const { person } = askingPerson(scope);
  const relief = found(await store.reliefAt(scope, id));
  refuseIf(objectionToConfirming(relief, person));
  const { loss, answer } = relief;
  const asked = found(await store.askedBack(scope, loss));
  const { vat, country, ...law } = await askedNow(scope, asked, answer);
  refuseIf(objectionToRelief({ vat, country, ...law }));
  refuseUnless(await confirmProposed(scope, "money.relief", id, person), "not-in-this-state", { state: "confirmed" }); // of fifty at once, one gets here
  const said = {
    granted: { kind: "vat.relieved", legs: legsOfVatRelieved(country, vat) },
    refused: { kind: "vat.refused", legs: legsOfVatRefused(country, vat, asked.again) },
  } as const;
  await post(scope, [{ ...said[answer], ...(await citing(scope, asked)), key: `relief:${id}:booked` }]);
  const body = { loss, answer, minor: String(vat.minor), currency: vat.currency };
  scope.emit({ type: "relief.booked", subject: id, body, about: ["desk:money", "fund", `invoice:${asked.invoice}`] });
  return {};
};

type Cited = { readonly invoice: Id; readonly engagement: Id };

async function citing({ tx, now }: Scope, { invoice, engagement }: Cited): Promise<Pick<Entry, "on" | "bylaws" | "cites">> {
  return { on: dayOf(now, (await bookOf(tx)).zone), bylaws: [], cites: { document: invoice, engagement } };
}

/** Of what came in of a loss by a line, the VAT falls to the pot that bore it, where the office gave none back. `legs` are those of what came in. */
export async function vatBorneBack(scope: Scope, { id, bookedOn }: Line, of: Cited, legs: readonly Leg[]): Promise<void> {
  const { country } = await bookOf(scope.tx);
  const due = legs.find(({ account }) => account.code === vatDue(country).code);
  if (!due || !(await store.isRefused(scope, of.invoice))) return;
  const again = { ...due.money, minor: -due.money.minor };
  const entry = { kind: "vat.refused", key: `bank-line:${id}:vatBorneBack`, legs: legsOfVatBorneBack(country, again) } as const;
  await post(scope, [{ ...entry, ...(await citing(scope, of)), on: bookedOn }]);
}
