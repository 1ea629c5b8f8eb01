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

  -- What the roll-call says of a yes-or-no question, counted here once more: the share of yes of each college by its weight, exactly.
  create function governance.is_carried(which uuid, weights jsonb, over numeric, under numeric, strict boolean) returns boolean language plpgsql stable as $$
  declare
    share_over numeric := 0;
    share_under numeric := 1;
    weight_sum numeric := 0;
    college record;
  begin
    for college in
      select (weights ->> entry.college)::numeric as weight,
        count(*) filter (where call.choice = '"yes"')::numeric as yes,
        count(*) filter (where call.choice in ('"yes"', '"no"'))::numeric as said
      from governance.roll_call as call join governance.roll_entry as entry using (vote, entry)
      where call.vote = which group by entry.college
    loop
      continue when college.said = 0 or college.weight is null;
      share_over := share_over * college.said + college.weight * college.yes * share_under;
      share_under := share_under * college.said;
      weight_sum := weight_sum + college.weight;
    end loop;
    if weight_sum = 0 then return false; end if;
    if strict then return share_over * under > over * share_under * weight_sum; end if;
    return share_over * under >= over * share_under * weight_sum;
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
    perform from vote where id = which and method = 'yesNo' and mode = 'rollCall' and not is_carried(which, told -> 'weights',
        (told -> 'majority' ->> 'over')::numeric, (told -> 'majority' ->> 'under')::numeric, (told -> 'majority' ->> 'strict')::boolean);
    if found then raise exception 'the roll-call does not carry this' using errcode = 'PC023'; end if;
    perform from panel where panel.vote = which and (panel.state in ('drawing', 'asking', 'sitting') or panel.decision = 'annul');
    if found then raise exception 'a panel has not let this stand' using errcode = 'PC023'; end if;
    -- What is constitutional was carried twice, in the same words.
    if told ->> 'class' = 'constitutional' and not (told ->> 'reading' = '2' and exists (
      select from vote as first where first.id <> which and first.state = 'ended' and first.outcome = 'passed' and first.notice::jsonb ->> 'reading' = '1'
        and first.notice::jsonb #> array['versions', decided.proposal::text] = decided.payload))
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

  grant select, insert, update on governance.enactment to partcommune_app;
  grant execute on function governance.enact to partcommune_app;
`;
