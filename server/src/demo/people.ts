// How people come into the demo: the founder by the wizard, clients by a form, members by the board, and their money by a share and an account.
import { composeIBAN } from "ibantools";
import { foundCoop } from "@partcommune/shared/governance/api";
import { admitMember, applyAsMember, confirmMember, foundClient, giveRole, listPeople, readMe } from "@partcommune/shared/membership/api";
import { readBilling, setBilling, setIban } from "@partcommune/shared/money/api";
import type { Role } from "@partcommune/shared/platform/actor";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { organisationOf, nameOf, tradeOf, type Cast } from "./cast.ts";
import type { Actress, Stage } from "./stage.ts";
import { booked, paidFrom } from "./treasury.ts";

export type Client = Actress & { readonly client: string };
export type Member = Actress & { readonly member: string };
export type House = {
  readonly board: Actress;
  readonly tess: Actress;
  readonly tom: Actress;
  readonly adviser: Actress;
};

/** Rules of the founding that are another than the demo's own. */
export type Founding = Partial<Pick<Cast["founding"], "feeRate" | "fundSplit">>;

/** `founded` is called once there is a coop that can be marked as a demo: from then on its founder walks in like anyone, without a code by mail. */
export async function foundHouse(stage: Stage, founding: Founding, founded: () => Promise<void>): Promise<Actress> {
  const { name } = stage.cast.founding.founder;
  const founder = stage.stranger(name);
  await founder.does(foundCoop, { ...stage.cast.founding, ...founding });
  const { person } = await founder.does(readMe, {});
  await founded();
  return stage.trusted(name, person?.id ?? "");
}

/** Whom the board finds under a name. */
export async function personOf(board: Actress, name: string): Promise<string> {
  let after: string | undefined;
  do {
    const page: ToldOf<typeof listPeople> = await board.does(listPeople, { limit: 200, ...(after ? { after } : {}) });
    const person = page.items.find((each) => each.name === name);
    if (person) return person.id;
    after = page.next;
  } while (after);
  throw new Error(`the demo has nobody called ${name}`);
}

/** Somebody with a role; whoever deals with money has their word taken as a fresh proof. */
async function seated(stage: Stage, board: Actress, name: string, role: Role): Promise<Actress> {
  await stage.known(name);
  const person = await personOf(board, name);
  await board.does(giveRole, { person, role });
  return stage.trusted(name, person);
}

export async function staff(stage: Stage, board: Actress): Promise<House> {
  const { treasurers, adviser } = stage.cast.leads;
  const [first, second] = treasurers;
  const tess = await seated(stage, board, first, "treasurer");
  const tom = await seated(stage, board, second, "treasurer");
  await paidFrom(stage, tess, tom);
  return { board, tess, tom, adviser: await seated(stage, board, adviser, "adviser") };
}

export async function leadClients(stage: Stage): Promise<readonly Client[]> {
  const clients: Client[] = [];
  for (const { buyer, organisation, ...address } of stage.cast.leads.clients)
    clients.push(await client(stage, buyer, { name: organisation, country: stage.cast.founding.country, ...address }));
  return clients;
}

/** One more organisation and who owns it. */
export async function someClient(stage: Stage, number: number): Promise<Client> {
  const { crowd, founding } = stage.cast;
  return client(stage, nameOf(stage.cast, 400 + number), {
    name: organisationOf(stage.cast, number),
    country: founding.country,
    street: `${crowd.street} ${number + 1}`,
    postcode: crowd.postcode,
    town: crowd.town,
  });
}

type Entered = {
  readonly name: string;
  readonly country: string;
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
};

async function client(stage: Stage, buyer: string, organisation: Entered): Promise<Client> {
  const owner = await stage.known(buyer);
  const { id } = await owner.does(foundClient, organisation);
  return { ...owner, client: id };
}

/** Applies and is admitted to the trial. */
export async function onTrial(stage: Stage, { board }: Pick<House, "board">, name: string, trade: string): Promise<Member> {
  const person = await stage.known(name);
  const { id: member } = await person.does(applyAsMember, { status: "invoiced", trade });
  await board.does(admitMember, { member });
  return { ...person, member };
}

export const newcomer = (stage: Stage, house: House, number: number): Promise<Member> =>
  onTrial(stage, house, nameOf(stage.cast, number), tradeOf(stage.cast, number));

export const confirmed = ({ board }: House, { member }: Member): Promise<unknown> => board.does(confirmMember, { member });

/** Pays the one share that makes an associate. */
export const sharePaid = (stage: Stage, house: House, { member }: Member): Promise<void> =>
  booked(stage, house, "20.00", { kind: "sharePaid", member });

/** Says to which account their money goes, and that the coop writes their invoices: each is a small business at home. */
export async function withAccount(stage: Stage, { board }: House, { name, member }: Member, number: number): Promise<void> {
  const person = await stage.trusted(name, await personOf(board, name));
  await person.does(setIban, { member, iban: ibanOf(stage.cast, number) });
  const { crowd, founding, language } = stage.cast;
  const { texts } = await person.does(readBilling, { member });
  await person.does(setBilling, {
    member,
    name,
    street: `${crowd.street} ${number + 1}`,
    postcode: crowd.postcode,
    town: crowd.town,
    country: founding.country,
    scheme: "exempt",
    taxNumber: String(number + 1).padStart(10, "0"),
    language,
    agreement: texts.find((text) => text.language === language)?.hash ?? "",
  });
}

/** An account of the coop's country that is right in form and belongs to nobody. */
const ibanOf = ({ founding, crowd }: Cast, number: number): string =>
  composeIBAN({ countryCode: founding.country, bban: crowd.bban(number) }) ?? "";
