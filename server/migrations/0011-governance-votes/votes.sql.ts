// A vote: its notice, which nobody changes, the roll that is frozen when it opens, the roll-call, and the tally.

export const votes = /* sql */ `
  create table governance.vote (
    id uuid primary key,
    kind text not null check (kind in ('bylaws', 'founding', 'election', 'recall', 'admission', 'budget', 'treaty', 'resolution')),
    class text not null check (class in ('ordinary', 'important', 'constitutional')),
    method text not null check (method in ('yesNo', 'approval', 'score', 'schulze', 'stv')),
    mode text not null check (mode in ('rollCall', 'paper')),
    -- Canonical JSON of the question, the options in their order, the bylaws that count and how ties end; frozen when it is convened.
    notice text not null,
    seed bytea not null, -- what ends ties; its hash stands in the notice, itself is told after the close
    notice_hash text not null check (notice_hash = encode(sha256(convert_to(notice, 'UTF8')), 'hex')),
    state text not null check (state in ('convened', 'open', 'extended', 'closed', 'counted', 'contested', 'upheld', 'ended', 'annulled')),
    outcome text check (outcome in ('passed', 'rejected', 'noQuorum')),
    convened_at timestamptz(3) not null,
    opens_at timestamptz(3) not null,
    closes_at timestamptz(3) not null check (closes_at > opens_at),
    extended_until timestamptz(3) check (extended_until > closes_at),
    opened_at timestamptz(3),
    closed_at timestamptz(3),
    contest_until timestamptz(3),
    ended_at timestamptz(3),
    reminded_for timestamptz(3), -- the close that whoever had not cast was recalled for
    roll_size integer, -- null until it is frozen
    gathering uuid, -- the assembly whose chair opens and closes it
    check ((outcome is null) = (state in ('convened', 'open', 'extended', 'closed')) or state = 'annulled')
  );
  create index on governance.vote (state, opens_at);

  -- Which step follows which, forwards alone: the rows of the law (voteTable).
  create function governance.vote_goes(before text, after text) returns boolean language sql immutable as $$
    select (before, after) in (('convened', 'open'), ('convened', 'annulled'), ('open', 'extended'), ('open', 'closed'), ('extended', 'closed'),
      ('closed', 'counted'), ('counted', 'contested'), ('counted', 'ended'), ('contested', 'upheld'), ('contested', 'annulled'), ('upheld', 'ended'))
  $$;

  -- Whether whoever writes owns the tables: a restore brings back what ended long ago, the server begins at the beginning.
  create function governance.is_owner(which oid) returns boolean language sql stable as $$
    select pg_has_role(current_user, relowner, 'usage') from pg_class where oid = which
  $$;

  create function governance.begin_vote() returns trigger language plpgsql as $$
  begin
    if (new.state <> 'convened' or num_nonnulls(new.outcome, new.extended_until, new.opened_at, new.closed_at, new.contest_until, new.ended_at, new.roll_size) > 0)
      and not governance.is_owner(tg_relid)
    then
      raise exception 'a vote begins with its notice' using errcode = 'PC021';
    end if;
    return new;
  end $$;
  create trigger begin_vote before insert on governance.vote for each row execute function governance.begin_vote();

  -- What a step finds out stands from then on: when it opened, whether it was prolonged, what it came to.
  create function governance.keep_course() returns trigger language plpgsql as $$
  begin
    if new.state <> old.state and not governance.vote_goes(old.state, new.state)
      or new.opened_at is distinct from old.opened_at and (old.state, new.state) <> ('convened', 'open')
      or new.extended_until is distinct from old.extended_until and (old.state, new.state) <> ('open', 'extended')
      or new.closed_at is distinct from old.closed_at and (new.state <> 'closed' or old.state = 'closed')
      or (new.outcome, new.contest_until) is distinct from (old.outcome, old.contest_until) and (old.state, new.state) <> ('closed', 'counted')
    then
      raise exception 'a vote goes forwards, step by step' using errcode = 'PC021';
    end if;
    return new;
  end $$;
  create trigger keep_course before update on governance.vote for each row execute function governance.keep_course();

  create function governance.keep_notice() returns trigger language plpgsql as $$
  begin
    if (new.kind, new.class, new.method, new.mode, new.notice, new.seed, new.convened_at, new.opens_at, new.closes_at, new.gathering)
      is distinct from (old.kind, old.class, old.method, old.mode, old.notice, old.seed, old.convened_at, old.opens_at, old.closes_at, old.gathering)
      or new.roll_size is distinct from old.roll_size and old.roll_size is not null
    then
      raise exception 'a notice stands as it was published' using errcode = 'PC021';
    end if;
    return new;
  end $$;
  create trigger keep_notice before update on governance.vote for each row execute function governance.keep_notice();
  create trigger refuse_delete before delete on governance.vote for each row execute function platform.refuse_change();

  -- Assemblies that were held. With the first the founding comes to its end.
  create table governance.assembly_held (
    gathering uuid primary key,
    at timestamptz(3) not null
  );

  -- Who may vote. The entry is random for each vote, so that two rolls cannot be joined without the person, who may be forgotten later.
  create table governance.roll_entry (
    vote uuid not null references governance.vote,
    entry uuid not null,
    college text not null check (college in ('members', 'clients', 'staff')),
    person uuid references membership.person,
    primary key (vote, entry),
    unique (vote, person) -- one person in two colleges votes once
  );

  create table governance.roll_call (
    vote uuid not null,
    entry uuid not null,
    choice jsonb not null,
    seq integer not null check (seq > 0), -- cast again: the last one counts
    by uuid not null references membership.person, -- the voter, or who holds their proxy
    at timestamptz(3) not null,
    primary key (vote, entry), -- one member, one vote
    foreign key (vote, entry) references governance.roll_entry
  );
  create function governance.refuse_late() returns trigger language plpgsql as $$
  begin
    if not exists (select from governance.vote where id = new.vote and mode = tg_argv[0] and state in ('open', 'extended'))
      and not (tg_op = 'INSERT' and governance.is_owner(tg_relid))
    then
      raise exception 'the vote is not open' using errcode = 'PC022';
    end if;
    return new;
  end $$;
  create trigger refuse_late before insert or update on governance.roll_call for each row execute function governance.refuse_late('rollCall');
  create trigger refuse_delete before delete on governance.roll_call for each row execute function platform.refuse_change();

  -- What each of two tellers counted of a vote on paper; unlike counts begin another round.
  create table governance.paper_count (
    vote uuid not null references governance.vote,
    round integer not null check (round > 0),
    teller uuid not null references membership.person,
    yes integer not null check (yes >= 0),
    no integer not null check (no >= 0),
    abstain integer not null check (abstain >= 0),
    at timestamptz(3) not null,
    primary key (vote, round, teller)
  );
  create trigger refuse_late before insert on governance.paper_count for each row execute function governance.refuse_late('paper');
  create trigger refuse_change before update or delete on governance.paper_count for each row execute function platform.refuse_change();

  -- A giver holds none and a holder gives none, so chains and loops cannot exist.
  create table governance.proxy_side (
    vote uuid not null references governance.vote,
    person uuid not null references membership.person,
    side text not null check (side in ('giver', 'holder')),
    held integer not null default 0 check (held >= 0 and (side = 'holder' or held = 0)),
    primary key (vote, person)
  );
  create table governance.proxy (
    vote uuid not null,
    giver uuid not null,
    holder uuid not null,
    given_at timestamptz(3) not null,
    primary key (vote, giver),
    foreign key (vote, giver) references governance.proxy_side,
    foreign key (vote, holder) references governance.proxy_side
  );

  create table governance.tally (
    vote uuid primary key references governance.vote,
    tally text not null, -- canonical JSON of every stage
    hash text not null check (hash = encode(sha256(convert_to(tally, 'UTF8')), 'hex')),
    at timestamptz(3) not null
  );
  create trigger refuse_change before update or delete on governance.tally for each row execute function platform.refuse_change();

  -- How many of each group were on the roll and came, reckoned once with the count: later nobody knows any more who was where.
  create table governance.turnout (
    vote uuid not null references governance.vote,
    split text not null check (split in ('membership', 'branch', 'trade')),
    part text not null, -- empty: who is no member, or in no branch
    roll integer not null check (roll > 0),
    came integer not null check (came between 0 and roll),
    primary key (vote, split, part)
  );
  create trigger refuse_change before update or delete on governance.turnout for each row execute function platform.refuse_change();

  create table governance.contest (
    vote uuid not null references governance.vote,
    person uuid not null references membership.person,
    ground text not null check (ground in ('roll', 'text', 'secrecy', 'count', 'competence')),
    text text not null,
    at timestamptz(3) not null,
    primary key (vote, person)
  );

  grant select, insert, update on governance.vote, governance.roll_call, governance.proxy_side to partcommune_app;
  -- Whoever stood on a roll may be forgotten; the entry and its college stay.
  grant select, insert, update (person) on governance.roll_entry to partcommune_app;
  grant select, insert on governance.tally, governance.turnout, governance.paper_count, governance.contest, governance.assembly_held to partcommune_app;
  grant select, insert, delete on governance.proxy to partcommune_app;
  grant delete on governance.proxy_side to partcommune_app;
`;
