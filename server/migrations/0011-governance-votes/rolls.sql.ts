// The roll as it was announced with the notice, what was said against it until the vote opened, and how it changed by then.

export const rolls = /* sql */ `
  -- Who was to stand on the roll, as the notice told them.
  create table governance.announced_entry (
    vote uuid not null references governance.vote,
    person uuid not null references membership.person,
    college text not null check (college in ('members', 'clients', 'staff')),
    primary key (vote, person)
  );
  create trigger refuse_change before update or delete on governance.announced_entry for each row execute function platform.refuse_change();

  create table governance.college_size (
    vote uuid not null references governance.vote,
    college text not null check (college in ('members', 'clients', 'staff')),
    announced integer not null,
    opened integer, -- null until the roll is frozen
    primary key (vote, college)
  );

  create table governance.objection (
    id uuid primary key,
    vote uuid not null references governance.vote,
    by uuid not null references membership.person,
    about uuid not null references membership.person, -- whose entry it is
    ground text not null check (ground in ('missing', 'college', 'notEntitled')),
    college text check (college in ('members', 'clients', 'staff')), -- where they belong, whoever objects says
    text text not null,
    at timestamptz(3) not null,
    answered_by uuid references membership.person check (answered_by not in (by, about)),
    upheld boolean,
    reason text,
    answered_at timestamptz(3),
    check ((college is null) = (ground = 'notEntitled')),
    check (num_nulls(answered_by, upheld, reason, answered_at) in (0, 4))
  );
  create unique index one_waiting_objection on governance.objection (vote, about, by) where answered_at is null;

  -- Whose entry is another one than was announced, and why.
  create table governance.roll_change (
    vote uuid not null references governance.vote,
    person uuid not null references membership.person,
    reason text not null check (reason in ('admitted', 'left', 'moved', 'objection')),
    primary key (vote, person)
  );
  create trigger refuse_change before update or delete on governance.roll_change for each row execute function platform.refuse_change();

  grant select, insert on governance.announced_entry, governance.roll_change to partcommune_app;
  grant select, insert, update on governance.college_size, governance.objection to partcommune_app;
`;
