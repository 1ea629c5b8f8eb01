// How a vote becomes law: the one function that adds versions of bylaws, for a vote that passed and that no panel holds up, once.

export const enacting = /* sql */ `
  create table governance.enactment (
    vote uuid primary key references governance.vote,
    proposal uuid not null references governance.proposal,
    payload jsonb not null, -- as it stood in the notice
    due_at timestamptz(3) not null,
    valid_from timestamptz(3), -- of what it changed
    state text not null check (state in ('waiting', 'done', 'blocked', 'annulled')),
    at timestamptz(3)
  );

  -- It waits until it is done, and that \`enact\` alone says, or until it is done no more.
  create function governance.keep_enactment() returns trigger language plpgsql as $$
  begin
    if governance.is_owner(tg_relid) then return new; end if;
    if tg_op = 'INSERT' and new.state <> 'waiting' or tg_op = 'UPDATE' and (old.state <> 'waiting' or new.state not in ('blocked', 'annulled')) then
      raise exception 'only a vote carries this out' using errcode = 'PC023';
    end if;
    return new;
  end $$;
  create trigger keep_enactment before insert or update on governance.enactment for each row execute function governance.keep_enactment();

  -- At which place a ranking puts an option; what it does not name comes last.
  create function governance.place_of(choice jsonb, option text) returns bigint language sql immutable as $$
    select coalesce(min(place), 1000000) from jsonb_array_elements(choice -> 'ranks') with ordinality as each (options, place) where options ? option
  $$;

  -- The ballots once more, college by college: how many stood on the roll and came, and how many chose this proposal or things as they are.
  create function governance.counted_again(which uuid, proposal text) returns table (college text, roll bigint, came bigint, yes bigint, no bigint)
  language sql stable as $$
    select entry.college, count(*), coalesce(max(paper.yes + paper.no + paper.abstain), count(call.entry)),
      coalesce(max(paper.yes), count(*) filter (where call.choice = '"yes"' or (vote.method = 'schulze' and call.entry is not null
        and governance.place_of(call.choice, proposal) < governance.place_of(call.choice, 'keep')))),
      coalesce(max(paper.no), count(*) filter (where call.choice = '"no"' or (vote.method = 'schulze' and call.entry is not null
        and governance.place_of(call.choice, proposal) > governance.place_of(call.choice, 'keep'))))
    from governance.vote join governance.roll_entry as entry on entry.vote = vote.id
    left join governance.roll_call as call on call.vote = entry.vote and call.entry = entry.entry
    left join lateral (
      select yes, no, abstain from governance.paper_count where paper_count.vote = vote.id group by round, yes, no, abstain having count(*) = 2
    ) as paper on vote.mode = 'paper'
    where vote.id = which group by entry.college
  $$;

  -- Whether those for it are the majority that a notice asks for, compared without a division.
  create function governance.reaches(yes numeric, no numeric, majority jsonb) returns boolean language sql immutable as $$
    select yes > 0 and case when (majority ->> 'strict')::boolean then yes * (majority ->> 'under')::numeric > (majority ->> 'over')::numeric * (yes + no)
      else yes * (majority ->> 'under')::numeric >= (majority ->> 'over')::numeric * (yes + no) end
  $$;

  -- Whether enough came and chose this proposal, by the words of the notice; of what is constitutional in every college. The word of a
  -- college is parted among those of it who said yes or no, or among all its ballots where versions are ranked.
  create function governance.is_carried(which uuid, proposal text) returns boolean language plpgsql stable as $$
  declare
    held record;
    told jsonb;
    needed numeric;
    each record;
    among numeric;
    weight numeric;
    roll_sum numeric := 0;
    came_sum numeric := 0;
    yes_sum numeric := 0;
    no_sum numeric := 0;
    parts numeric := 1;
  begin
    select vote.method, notice, extended_until, roll_size into held from governance.vote where id = which;
    told := held.notice::jsonb;
    needed := (told -> 'quorum' ->> case when held.extended_until is null then 'ppm' else 'secondPpm' end)::numeric;
    for each in select * from governance.counted_again(which, proposal) loop
      roll_sum := roll_sum + each.roll;
      came_sum := came_sum + each.came;
      if (told ->> 'everyCollege')::boolean and (each.came * 1000000 < needed * each.roll
        or not governance.reaches(each.yes, each.no, told -> 'majority')) then return false; end if;
      among := case held.method when 'yesNo' then each.yes + each.no else each.came end;
      weight := (told -> 'weights' ->> each.college)::numeric;
      continue when among = 0 or weight is null;
      yes_sum := yes_sum * among + weight * each.yes * parts;
      no_sum := no_sum * among + weight * each.no * parts;
      parts := parts * among;
    end loop;
    -- The roll is the one that was frozen, with nobody added since.
    if roll_sum is distinct from held.roll_size then return false; end if;
    if came_sum = 0 or came_sum * 1000000 < needed * roll_sum then return false; end if;
    -- Seats and the answers of a resolution change no rule: what won stands in the tally alone.
    return held.method not in ('yesNo', 'schulze') or governance.reaches(yes_sum, no_sum, told -> 'majority');
  end $$;

  -- Answers 'done', 'blocked' when a bylaw was changed since the proposal was written, or 'nothing' when there is nothing to do.
  create function governance.enact(which uuid, at timestamptz, valid_from timestamptz) returns text
  language plpgsql security definer set search_path = governance, pg_temp as $$
  declare
    decided record;
    told jsonb;
    change jsonb;
  begin
    update enactment set state = 'done', at = enact.at, valid_from = enact.valid_from
      where vote = which and state = 'waiting' and due_at <= enact.at returning * into decided;
    if not found then return 'nothing'; end if;
    select notice::jsonb into told from vote
      where id = which and state = 'ended' and outcome = 'passed' and contest_until <= enact.at
        and notice::jsonb #> array['versions', decided.proposal::text] = decided.payload;
    if told is null or enact.valid_from <= enact.at then raise exception 'no vote carried this' using errcode = 'PC023'; end if;
    if not is_carried(which, decided.proposal::text) then raise exception 'the ballots do not carry this' using errcode = 'PC023'; end if;
    -- Which of several versions won is not reckoned here once more.
    perform from tally where tally.vote = which and tally.tally::jsonb ->> 'outcome' = 'passed'
      and (told ->> 'method' <> 'schulze' or tally.tally::jsonb ->> 'winner' = decided.proposal::text);
    if not found then raise exception 'no tally says that this passed' using errcode = 'PC023'; end if;
    perform from panel where panel.vote = which and (panel.state in ('drawing', 'asking', 'sitting') or panel.decision = 'annul');
    if found then raise exception 'a panel has not let this stand' using errcode = 'PC023'; end if;
    -- What is constitutional was carried twice, in the same words.
    if told ->> 'class' = 'constitutional' and not (told ->> 'reading' = '2' and exists (
      select from vote as first where first.id <> which and first.state = 'ended' and first.outcome = 'passed' and first.notice::jsonb ->> 'reading' = '1'
        and first.notice::jsonb #> array['versions', decided.proposal::text] = decided.payload and is_carried(first.id, decided.proposal::text)))
    then raise exception 'a first reading is missing' using errcode = 'PC023'; end if;
    if decided.payload ->> 'kind' <> 'bylaws' then return 'done'; end if;
    lock table bylaw_version in exclusive mode;
    for change in select jsonb_array_elements(decided.payload -> 'changes') loop
      if (select max(version) from bylaw_version where key = change ->> 'key') <> (change ->> 'base')::bigint then
        update enactment set state = 'blocked' where vote = which;
        return 'blocked';
      end if;
    end loop;
    insert into bylaw_version (key, version, value, valid_from, cause)
      select each ->> 'key', (each ->> 'base')::bigint + 1, each -> 'value', enact.valid_from, which::text
      from jsonb_array_elements(decided.payload -> 'changes') as each;
    return 'done';
  end $$;
  revoke execute on function governance.enact from public;

  grant select, insert, update (state, at) on governance.enactment to partcommune_app;
  grant execute on function governance.enact to partcommune_app;
`;
