// Credit notes as people meet them: proposed on the invoice's page, waiting on the treasury's desk, and read by the client beside the invoice.
import { test } from "tap";
import { agreeToCredit, confirmCredit, proposeCredit } from "@partcommune/shared/money/api";
import { prove } from "../support/authenticator.ts";
import { lookAt, openSite } from "../support/browser.ts";
import { entered } from "../support/entering.ts";
import { invoiced } from "../support/invoices.ts";
import { clientOwner, confirmedMember, founder, withRole } from "../support/people.ts";

test("a credit on its way: the desk, the invoice, the client", async (t) => {
  const site = await openSite(t);
  const { coop } = site;
  const board = await founder(coop);
  const { client, caller: carla } = await clientOwner(coop, "Carla");
  const { member, caller: anna } = await confirmedMember(coop, board, "Anna");
  const [tess, tom] = [await withRole(coop, board, "Tess", "treasurer"), await withRole(coop, board, "Tom", "treasurer")];
  for (const each of [tess, tom]) await prove(coop, each);
  const { invoice } = await invoiced(coop, { client, member });
  const net = { amount: "500.00", currency: "EUR" };
  const { id: credit } = (await tess.call(proposeCredit, { invoice, net, reason: "One of the four sizes was not delivered." })).body;
  const desk = await entered(site, "Tom");
  await desk.goto("/en/desk/treasury");
  await desk.getByRole("button", { name: "Issue the credit note of" }).waitFor();
  await lookAt(t, desk, "treasury-credit");
  for (const side of [carla, anna]) await side.call(agreeToCredit, { credit });
  await tom.call(confirmCredit, { credit });
  await desk.goto(`/en/client/invoices/${invoice}`);
  await desk.locator("summary", { hasText: "Credit part or all of it" }).click();
  t.equal(await desk.getByLabel("Amount without VAT, in EUR").inputValue(), "1500.00", "what is left stands in the field");
  await lookAt(t, desk, "invoice-crediting");
  const buyer = await entered(site, "Carla");
  await buyer.goto(`/en/client/invoices/${invoice}`);
  await buyer.getByText("One of the four sizes was not delivered.").waitFor();
  t.equal(await buyer.locator("summary", { hasText: "Credit part" }).count(), 0, "a client credits nothing");
  await lookAt(t, buyer, "invoice-credited");

  await buyer.goto("/fr/client/invoices");
  await buyer.getByText("Changer ce qui figure sur les factures de").click();
  await buyer.getByLabel("Votre référence, si vous en voulez une").fill("04011000-12345-34");
  await buyer.getByRole("button", { name: "Garder pour les prochaines factures" }).click();
  await buyer.getByText("Votre référence : 04011000-12345-34.".replace(" :", "\u00a0:")).waitFor();
  await lookAt(t, buyer, "client-invoices-fr");
});
