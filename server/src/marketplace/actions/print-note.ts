// A job as people on other servers read it in their timeline: what, for whom, for how much, until when, and the way here.
import type { SharedJob } from "@partcommune/federation/translate/job";
import { amountText, type Money } from "@partcommune/shared/platform/money";
import { dayInWords, say } from "../../platform/letters.ts";
import { dayOf } from "@partcommune/shared/platform/calendar";

const spoken = ["en", "fr"] as const;
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** The note's HTML, in the job's language where the coop speaks it. */
export function noteHtml(job: SharedJob, zone: string): string {
  const language = spoken.find((each) => each === job.language) ?? "en";
  const { title, clientName, trade, place, url = job.id, bidsUntil } = job;
  const what = [clientName, trade, place?.town].filter((each) => each !== undefined).join(" · ");
  const until = bidsUntil && say(language, "letter.note.until", { day: dayInWords(dayOf(bidsUntil, zone), language) });
  const lines = [title, what, [priceText(job), until].filter((each) => each !== undefined).join(" · ")];
  return [...lines.map((line) => `<p>${escaped(line)}</p>`), `<p><a href="${escaped(url)}">${escaped(url)}</a></p>`].join("");
}

function priceText({ price, least, most }: SharedJob): string | undefined {
  const amounts = [price ?? least, price ? undefined : most].filter((each): each is Money => each !== undefined);
  const [first] = amounts;
  return first && `${amounts.map(amountText).join("–")} ${first.currency}`;
}
