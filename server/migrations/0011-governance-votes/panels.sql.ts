// Panels: a few people drawn by a lot that anybody can draw again, who decide on a contested vote or on a text kept from one.

export const panels = /* sql */ `
  create table governance.panel (
    id uuid primary key,
    cause text not null check (cause in ('contest', 'appeal')),
    vote uuid references governance.vote, -- of a contest
    proposal uuid references governance.proposal, -- of an appeal
    round smallint not null check (round in (1, 2)),
    seats smallint not null check (seats % 2 = 1 or seats = 0), -- 0: too few could be drawn
    widened boolean not null, -- so few were left that those who carried the text and the board were drawn from as well
    text text, -- why the author asks
    state text not null check (state in ('drawing', 'asking', 'sitting', 'decided', 'lapsed')),
    called_at timestamptz(3) not null,
    challenge_until timestamptz(3), -- from then on it sits as soon as its seats are taken
    decide_until timestamptz(3),
    decision text check (decision in ('reject', 'recount', 'annul', 'admit', 'stand')),
    recount text, -- canonical JSON of what was counted again
    ended_at timestamptz(3),
    check ((vote is null) = (cause = 'appeal') and (proposal is null) = (cause = 'contest')),
    check ((decision is null) = (state <> 'decided')),
    unique (vote, round),
    unique (proposal, round)
  );

  create table governance.draw (
    id uuid primary key,
    panel uuid not null references governance.panel,
    attempt smallint not null check (attempt > 0),
    pool_root text not null, -- Merkle root over the entries in ascending order, published before any seed
    pool_size integer not null check (pool_size > 0),
    server_seed text not null,
    server_hash text not null check (server_hash = encode(sha256(decode(server_seed, 'hex')), 'hex')),
    state text not null check (state in ('committing', 'revealing', 'drawn', 'void')),
    opened_at timestamptz(3) not null,
    commit_until timestamptz(3) not null,
    reveal_until timestamptz(3),
    seed text,
    ended_at timestamptz(3),
    check ((seed is null) = (state <> 'drawn')),
    unique (panel, attempt)
  );

  -- The entry is random for each draw: everybody may know the pool, and nobody who is in it.
  create table governance.draw_entry (
    draw uuid not null references governance.draw,
    entry uuid not null,
    person uuid references membership.person,
    primary key (draw, entry),
    unique (draw, person)
  );

  create table governance.draw_seed (
    draw uuid not null references governance.draw,
    party text not null,
    person uuid not null references membership.person,
    hash text not null check (hash ~ '^[0-9a-f]{64}$'),
    seed text check (hash = encode(sha256(decode(seed, 'hex')), 'hex')),
    at timestamptz(3) not null,
    primary key (draw, party),
    unique (draw, person)
  );

  create table governance.panel_seat (
    panel uuid not null references governance.panel,
    place integer not null check (place > 0), -- in the order of the lot
    entry uuid not null,
    person uuid references membership.person,
    state text not null check (state in ('asked', 'accepted', 'declined', 'silent', 'challenged', 'spare')),
    answer_until timestamptz(3) not null,
    refused_by text check (refused_by in ('author', 'contesters')),
    decision text check (decision in ('reject', 'recount', 'annul', 'admit', 'stand')),
    reason text,
    said_at timestamptz(3),
    primary key (panel, place),
    unique (panel, person),
    check ((refused_by is null) = (state <> 'challenged')),
    check ((decision is null) = (reason is null) and (decision is null) = (said_at is null))
  );
  create unique index one_refusal on governance.panel_seat (panel, refused_by);
  create index on governance.panel_seat (person, state);

  grant select, insert on governance.panel, governance.draw, governance.draw_entry, governance.draw_seed, governance.panel_seat to partcommune_app;
  -- A pool, a hash that was given and the place somebody was drawn to stand as they were published.
  grant update (state, challenge_until, decide_until, seats, decision, recount, ended_at) on governance.panel to partcommune_app;
  grant update (state, reveal_until, seed, ended_at) on governance.draw to partcommune_app;
  grant update (seed) on governance.draw_seed to partcommune_app;
  grant update (state, refused_by, decision, reason, said_at) on governance.panel_seat to partcommune_app;
`;
