// Every endpoint there is, by its name: the API document and the tests that visit all doors read it here.
import * as community from "./community/api.ts";
import * as meeting from "./community/api/meeting.ts";
import * as federation from "./federation/api.ts";
import * as blocking from "./federation/api/blocking.ts";
import * as settling from "./federation/api/settling.ts";
import * as sisters from "./federation/api/sisters.ts";
import * as treaties from "./federation/api/treaties.ts";
import * as governance from "./governance/api.ts";
import * as admission from "./governance/api/admission.ts";
import * as board from "./governance/api/board.ts";
import * as purpose from "./governance/api/purpose.ts";
import * as marketplace from "./marketplace/api.ts";
import * as membership from "./membership/api.ts";
import * as applicants from "./membership/api/applicants.ts";
import * as branches from "./membership/api/branches.ts";
import * as demo from "./membership/api/demo.ts";
import * as passkeys from "./membership/api/passkeys.ts";
import * as passwords from "./membership/api/passwords.ts";
import * as leaving from "./membership/api/leaving.ts";
import * as portfolio from "./membership/api/portfolio.ts";
import * as employment from "./membership/api/employment.ts";
import * as directory from "./membership/api/directory.ts";
import * as reviews from "./membership/api/reviews.ts";
import * as money from "./money/api.ts";
import * as books from "./money/api/books.ts";
import * as costs from "./money/api/cost.ts";
import * as electronic from "./money/api/e-invoice.ts";
import * as incomes from "./money/api/income-report.ts";
import * as pay from "./money/api/pay.ts";
import * as purposes from "./money/api/purpose.ts";
import * as shares from "./money/api/share.ts";
import * as strays from "./money/api/stray.ts";
import * as statements from "./money/api/statement.ts";
import * as mutual from "./mutual/api.ts";
import * as protection from "./mutual/api/protection.ts";
import * as platform from "./platform/api.ts";
import * as calendars from "./platform/api/calendar.ts";
import * as files from "./platform/api/files.ts";
import * as messages from "./platform/api/messages.ts";
import * as notices from "./platform/api/notices.ts";
import * as proof from "./platform/api/proof.ts";
import * as push from "./platform/api/push.ts";
import * as review from "./platform/api/review.ts";
import * as transparency from "./platform/api/transparency.ts";
import type { Endpoint } from "./platform/endpoint.ts";

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === "object" && value !== null && "method" in value && "path" in value && "does" in value;

const declared: readonly Readonly<Record<string, unknown>>[] = [
  platform,
  calendars,
  messages,
  files,
  notices,
  push,
  proof,
  review,
  transparency,
  membership,
  applicants,
  branches,
  reviews,
  directory,
  employment,
  leaving,
  portfolio,
  demo,
  passkeys,
  passwords,
  governance,
  board,
  admission,
  purpose,
  money,
  costs,
  federation,
  blocking,
  settling,
  sisters,
  treaties,
  books,
  electronic,
  incomes,
  pay,
  purposes,
  shares,
  strays,
  statements,
  mutual,
  protection,
  marketplace,
  community,
  meeting,
];

export const endpoints: Readonly<Record<string, Endpoint>> = Object.fromEntries(
  declared.flatMap((domain) => Object.entries(domain).flatMap(([name, value]) => (isEndpoint(value) ? [[name, value] as const] : []))),
);
