// Posting one entry: scalar statements only. One set-based form for every size took 0.7 of this one's speed, since the planner guesses a hundred rows in any JSON.
export const postOne = /* sql */ `
create function ledger.post_one(e jsonb, out id bigint, out is_fresh boolean) language plpgsql as $$
declare
  -- A transaction id before the entry's: ledger.seal counts on it to know which lower entry ids can still appear.
  xid xid8 := pg_current_xact_id();
  day date := (e ->> 'on')::date;
  seal_of_content bytea := decode(e ->> 'print', 'hex');
  closed date;
  guards boolean;
  known boolean;
  accounts bigint[];
  currencies text[];
  amounts bigint[];
  touched bigint[];
  nets bigint[];
  more_held bigint[];
  exact boolean[];
  rows integer;
  room bigint;
  below bigint;
  side smallint;
begin
  select book.closed_until, kind.guards into closed, guards from ledger.book, ledger.kind where kind.kind = e ->> 'kind';
  if guards is null then
    raise exception 'there is no book, or no kind %', e ->> 'kind' using errcode = 'PC004';
  elsif day <= closed then
    raise exception 'the book is closed until %', closed using errcode = 'PC013', detail = json_build_object('closedUntil', closed)::text;
  end if;

  select array_agg((l ->> 0)::bigint order by no), array_agg(l ->> 1 order by no), array_agg((l ->> 2)::bigint order by no),
    coalesce(bool_and(jsonb_typeof(l -> 2) = 'string'), false)
  into accounts, currencies, amounts, known
  from jsonb_array_elements(e -> 'legs') with ordinality legs (l, no);
  if not known then
    raise exception 'amounts are texts of minor units' using errcode = 'PC004';
  end if;

  insert into ledger.entry (uid, kind, key, print, at, value_on, legs, bylaws, document_id, engagement_id, bank_line_id, sister, bearer, words_digest)
  values ((e ->> 'uid')::uuid, e ->> 'kind', e ->> 'key', seal_of_content, (e ->> 'at')::timestamptz, day, cardinality(accounts),
    translate(e ->> 'bylaws', '[]', '{}')::bigint[], (e ->> 'document')::uuid, (e ->> 'engagement')::uuid, (e ->> 'bankLine')::uuid,
    e ->> 'sister', e ->> 'bearer', decode(e ->> 'words', 'hex'))
  on conflict (key) do nothing returning entry_id into id;
  if id is null then
    select entry_id, print = seal_of_content into id, known from ledger.entry where key = e ->> 'key';
    if not known then
      raise exception 'key % stands for another entry', e ->> 'key' using errcode = 'PC009';
    end if;
    is_fresh := false;
    return;
  end if;
  is_fresh := true;

  insert into ledger.leg (entry_id, no, year, account_id, currency, amount)
  select id, no, extract(year from day), account, currency, amount
  from unnest(accounts, currencies, amounts) with ordinality legs (account, currency, amount, no);
  get diagnostics rows = row_count;
  if rows <> cardinality(accounts) then
    raise exception 'legs were lost' using errcode = 'PC003';
  end if;
  if e ? 'reverses' then
    perform ledger.reverse_entry(id, e ->> 'reverses');
  end if;
  if e ? 'holds' then
    perform ledger.place_holds(jsonb_build_array(e), array[id]);
  end if;
  if e ? 'ends' then
    perform ledger.end_holds(jsonb_build_array(e), array[id]);
  end if;

  -- What each account is moved by, in the order of ids in which every transaction locks: so none ever waits in a circle.
  select array_agg(moves.account order by account_id), array_agg(net order by account_id), array_agg(held order by account_id),
    array_agg(mode = 'exact' order by account_id), bool_and(closed_at is null)
  into touched, nets, more_held, exact, known
  from (
    select account, sum(net)::bigint as net, sum(held)::bigint as held from (
      select account, amount as net, 0::bigint as held from unnest(accounts, amounts) legs (account, amount)
      union all
      select account_id, 0, amount from ledger.hold where e ? 'holds' and key = any (array(select h ->> 3 from jsonb_array_elements(e -> 'holds') h))
      union all
      select account_id, 0, -amount from ledger.hold where e ? 'ends' and key = any (array(select h ->> 0 from jsonb_array_elements(e -> 'ends') h))
    ) each group by account
  ) moves
  left join ledger.account on account_id = account;
  if not known then
    raise exception 'an account is closed' using errcode = 'PC012';
  end if;

  for i in 1 .. cardinality(touched) loop
    if exact[i] and (nets[i] <> 0 or more_held[i] <> 0) then
      update ledger.balance set balance = balance + nets[i], held = held + more_held[i]
      where account_id = touched[i] returning normal * balance - held, floor, normal into room, below, side;
      -- Checked is whoever withdraws, and whoever holds more than the same entry brought in.
      if guards and room < below and (side * nets[i] < 0 or (more_held[i] > 0 and side * nets[i] < more_held[i])) then
        raise exception 'less is available than is taken' using errcode = 'PC010', detail =
          (select json_build_object('account', code, 'currency', currency, 'short', (below - room)::text)::text from ledger.account where account_id = touched[i]);
      end if;
    end if;
  end loop;
  for i in 1 .. cardinality(touched) loop
    if not exact[i] and (more_held[i] <> 0 or (guards and nets[i] > 0)) then
      perform ledger.draw_on_pool(touched[i], more_held[i], guards and (nets[i] > 0 or more_held[i] + nets[i] > 0));
    end if;
  end loop;
end $$;
`;
