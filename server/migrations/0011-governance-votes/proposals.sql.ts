// A proposal from the first draft to what became of it, and everyone who put their name to it.

export const proposals = /* sql */ `
  create table governance.proposal (
    id uuid primary key,
    author uuid references membership.member, -- null: the clock called it, since a term ends
    kind text not null check (kind in ('bylaws', 'founding', 'election', 'recall', 'admission', 'budget', 'treaty', 'resolution')),
    class text not null check (class in ('ordinary', 'important', 'constitutional')),
    title text not null,
    text text not null,
    language text not null,
    payload jsonb not null,
    subjects text[] not null, -- what it is about, by name: the keys of bylaws, a seat, the seats of a college, an applicant
    amends uuid references governance.proposal, -- another version of that one; both are voted together
    state text not null,
    version bigint not null default 1, -- of its words; each is kept as a revision
    reading smallint not null default 1 check (reading in (1, 2)),
    drafted_at timestamptz(3) not null,
    published_at timestamptz(3),
    idea_until timestamptz(3),
    deliberate_until timestamptz(3),
    prolonged boolean not null default false, -- the end was moved once, since its author asked for something else at the last moment
    judge_until timestamptz(3),
    admitted_at timestamptz(3),
    not_before timestamptz(3), -- of a second reading
    in_assembly boolean not null, -- its author wants it voted in an assembly
    convened_before boolean not null default false, -- too few came to its first vote, and the bylaw asks for another one
    vote uuid references governance.vote, -- the newest
    ended_at timestamptz(3)
  );
  create index on governance.proposal (state, published_at);
  create index on governance.proposal (author, state);
  create index on governance.proposal (vote);
  create index on governance.proposal (amends);
  create index on governance.proposal using gin (subjects);

  create table governance.proposal_revision (
    proposal uuid not null references governance.proposal,
    version bigint not null,
    title text not null,
    text text not null,
    payload jsonb not null,
    at timestamptz(3) not null,
    primary key (proposal, version)
  );
  create trigger refuse_change before update or delete on governance.proposal_revision for each row execute function platform.refuse_change();

  -- What a change of bylaws would have meant in the past, as it was worked out when its words were fixed.
  create table governance.proposal_effects (
    proposal uuid primary key references governance.proposal,
    text text not null, -- canonical JSON
    hash text not null check (hash = encode(sha256(convert_to(text, 'UTF8')), 'hex')),
    at timestamptz(3) not null
  );
  create trigger refuse_change before update or delete on governance.proposal_effects for each row execute function platform.refuse_change();

  create table governance.sponsorship (
    proposal uuid not null references governance.proposal,
    member uuid not null references membership.member,
    at timestamptz(3) not null,
    primary key (proposal, member)
  );

  create table governance.argument (
    id uuid primary key,
    proposal uuid not null references governance.proposal,
    member uuid not null references membership.member,
    side text not null check (side in ('for', 'against')),
    text text not null,
    at timestamptz(3) not null
  );
  create index on governance.argument (proposal, at);

  -- The two who look whether a text may be voted: one of the board, one drawn by lot.
  create table governance.judgement (
    proposal uuid not null references governance.proposal,
    person uuid not null references membership.person,
    seat text not null check (seat in ('board', 'lot')),
    admissible boolean, -- null: not said yet
    ground text,
    text text,
    at timestamptz(3),
    primary key (proposal, seat)
  );

  -- Whoever stands is a person of the college that elects, member or not; ballots name the candidacy.
  create table governance.candidacy (
    id uuid primary key,
    proposal uuid not null references governance.proposal,
    person uuid not null references membership.person,
    text text not null,
    at timestamptz(3) not null,
    unique (proposal, person)
  );

  -- What can be chosen where the question is not yes or no: rival versions, or candidates. \`keep\` is "as it is".
  create table governance.vote_option (
    vote uuid not null references governance.vote,
    key text not null,
    place smallint not null,
    proposal uuid references governance.proposal,
    candidacy uuid references governance.candidacy,
    primary key (vote, key),
    unique (vote, place)
  );

  create table governance.seat (
    id uuid primary key,
    college text not null check (college in ('members', 'clients', 'staff')),
    person uuid not null references membership.person,
    vote uuid not null references governance.vote,
    from_at timestamptz(3) not null, -- of the term; who is elected before it begins waits
    taken_at timestamptz(3) check (taken_at >= from_at), -- when they sat down
    until_at timestamptz(3) not null check (until_at > from_at), -- of the term; the seat is held over until an election has filled it
    leaves_at timestamptz(3), -- when they resign, as they said
    ended_at timestamptz(3),
    ended_by text check (ended_by in ('term', 'recall', 'resigned', 'left')),
    check ((ended_at is null) = (ended_by is null))
  );
  create unique index one_seat on governance.seat (person) where ended_at is null and taken_at is not null;
  create unique index one_seat_ahead on governance.seat (person) where ended_at is null and taken_at is null;

  grant select, insert, update on governance.proposal, governance.judgement, governance.seat to partcommune_app;
  grant select, insert on governance.proposal_revision, governance.proposal_effects, governance.argument, governance.vote_option to partcommune_app;
  grant select, insert, update, delete on governance.sponsorship, governance.candidacy to partcommune_app;
`;
