// Work that crosses to another coop: bids, agreements and hand-ins by the names they have between the two.
import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    -- A bid of our member on a sister's job, or of a sister's member on ours.
    create table marketplace.bid_elsewhere (
      bid uuid primary key references marketplace.bid,
      offer text not null unique, -- the activity that carries what it says now
      offered_at timestamptz not null, -- by the clock of the member's coop: what was said earlier changes nothing
      treaty text not null,
      bylaw text not null, -- where the rate of the fee stands, at the member's coop
      fee_ppm int not null check (fee_ppm between 0 and 1000000)
    );

    -- An agreement of two coops: one has the client, the other the member.
    create table marketplace.engagement_elsewhere (
      engagement uuid primary key references marketplace.engagement,
      host uuid not null, -- the other coop
      is_home boolean not null, -- whether the member is ours; else the client is
      iri text not null unique, -- where the agreement stands, at the client's coop
      accept text not null unique, -- the activity that carries it
      fee_ppm int not null check (fee_ppm between 0 and 1000000),
      host_share_ppm int not null check (host_share_ppm between 0 and 1000000),
      credit_risk text not null check (credit_risk in ('host', 'shared')), -- who bears it when the client never pays
      agreement jsonb not null -- as it was told, without its proof
    );

    create table marketplace.hand_in_elsewhere (
      hand_in uuid primary key references marketplace.hand_in,
      activity text not null unique -- that carries it
    );

    -- Coops with which new work passes now.
    create view federation.sister_card as select host, (terms ->> 'hostSharePpm')::int as host_share_ppm from federation.treaty where state = 'active';
    grant select on federation.sister_card to partcommune_app;

    grant select, insert, update on marketplace.bid_elsewhere, marketplace.engagement_elsewhere, marketplace.hand_in_elsewhere to partcommune_app;
  `.execute(db);
}
