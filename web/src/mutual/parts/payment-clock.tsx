// One payment to a member: how far it is, what it waits for, and its clock day by day.
import type { readProtection } from "@partcommune/shared/mutual/api/protection";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { useDay } from "../../ui/when.tsx";

type Payment = ToldOf<typeof readProtection>["items"][number]["payments"][number];

export function PaymentClock({ payment }: { readonly payment: Payment }) {
  const t = useT();
  const say = useMoney();
  const day = useDay();
  const { invoice, amount, state, waitsFor, queue, paidOn, clock } = payment;
  return (
    <div>
      <h4>
        {t("protection.invoice", { invoice })} · <Money of={amount} />
      </h4>
      <p>
        {paidOn ? t("protection.paid", { day: day(paidOn) }) : t(`money.payable.${state}`)}{" "}
        {waitsFor ? t(`money.wait.${waitsFor}`, { place: queue?.place ?? 0, before: queue ? say(queue.before) : "" }) : undefined}
      </p>
      {clock ? <Clock clock={clock} isPaid={paidOn !== undefined} /> : undefined}
    </div>
  );
}

function Clock({ clock, isPaid }: { readonly clock: NonNullable<Payment["clock"]>; readonly isPaid: boolean }) {
  const t = useT();
  const { language } = useSpeech();
  const day = useDay();
  const { approvedOn, dueOn, workingDays, counted, country, region, closed, worked } = clock;
  const words = { approved: day(approvedOn), due: day(dueOn) };
  const list = new Intl.ListFormat(language, { type: "conjunction" });
  const names = (days: typeof closed) => list.format(days.map(({ on, name }) => t("protection.closedDay", { day: day(on), name })));
  const land = new Intl.DisplayNames(language, { type: "region" }).of(country) ?? country;
  return (
    <p className="hint">
      {isPaid ? t("protection.over", words) : t("protection.clock", { ...words, counted, days: workingDays })}{" "}
      {closed.length > 0 ? t("protection.closed", { days: names(closed) }) : t("protection.weekends")}{" "}
      {worked.length > 0 ? `${t("protection.worked", { days: names(worked) })} ` : ""}
      {t("protection.calendar", { place: region ? `${land}, ${region}` : land })}
    </p>
  );
}
