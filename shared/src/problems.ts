// Every refusal there is, collected from the domains that declare them.
import { problems as agendas } from "./community/rules/agenda.ts";
import { problems as answers } from "./community/rules/answer.ts";
import { problems as assemblies } from "./community/rules/assembly.ts";
import { problems as gatherings } from "./community/rules/gathering.ts";
import { problems as minutes } from "./community/rules/minutes.ts";
import { problems as acceptance } from "./marketplace/rules/acceptance.ts";
import { problems as amendments } from "./marketplace/rules/amendment.ts";
import { problems as cancellation } from "./marketplace/rules/cancellation.ts";
import { problems as choosing } from "./marketplace/rules/choosing.ts";
import { problems as cover } from "./marketplace/rules/cover.ts";
import { problems as declarations } from "./marketplace/rules/declaration.ts";
import { problems as milestones } from "./marketplace/rules/milestone.ts";
import { problems as drafts } from "./marketplace/rules/draft.ts";
import { problems as engagement } from "./marketplace/rules/engagement.ts";
import { problems as admissions } from "./governance/rules/admission.ts";
import { problems as treaties } from "./federation/rules/treaty.ts";
import { problems as blocks } from "./federation/rules/block.ts";
import { problems as claims } from "./federation/rules/claim.ts";
import { problems as neighbours } from "./federation/rules/neighbour.ts";
import { problems as ballots } from "./governance/rules/ballot.ts";
import { problems as beginnings } from "./governance/rules/beginning.ts";
import { problems as draws } from "./governance/rules/draw.ts";
import { problems as elections } from "./governance/rules/election.ts";
import { problems as panels } from "./governance/rules/panel.ts";
import { problems as objections } from "./governance/rules/objection.ts";
import { problems as rolls } from "./governance/rules/roll.ts";
import { problems as sittings } from "./governance/rules/sitting.ts";
import { problems as papers } from "./governance/rules/paper.ts";
import { problems as togethers } from "./governance/rules/together.ts";
import { problems as treatyTerms } from "./governance/rules/treaty-terms.ts";
import { problems as proposals } from "./governance/rules/writing.ts";
import { problems as governance } from "./governance/rules/founding.ts";
import { problems as across } from "./marketplace/rules/across.ts";
import { problems as bids } from "./marketplace/rules/bid.ts";
import { problems as settlements } from "./marketplace/rules/settlement.ts";
import { problems as desk } from "./marketplace/rules/desk.ts";
import { problems as teams } from "./marketplace/rules/team.ts";
import { problems as invitations } from "./marketplace/rules/invitation.ts";
import { problems as jobs } from "./marketplace/rules/job.ts";
import { problems as pay } from "./marketplace/rules/pay.ts";
import { problems as plans } from "./marketplace/rules/plan.ts";
import { problems as prices } from "./marketplace/rules/price.ts";
import { problems as posted } from "./marketplace/rules/posted.ts";
import { problems as revisions } from "./marketplace/rules/revision.ts";
import { problems as questions } from "./marketplace/rules/question.ts";
import { problems as references } from "./marketplace/rules/reference.ts";
import { problems as searches } from "./marketplace/rules/saved-search.ts";
import { problems as skills } from "./marketplace/rules/skill.ts";
import { problems as branches } from "./membership/rules/branches.ts";
import { problems as employments } from "./membership/rules/employment.ts";
import { problems as portfolios } from "./membership/rules/portfolio.ts";
import { problems as profiles } from "./membership/rules/profile.ts";
import { problems as reviews } from "./membership/rules/review.ts";
import { problems as membership } from "./membership/rules.ts";
import { problems as advances } from "./money/rules/advance.ts";
import { problems as bankReports } from "./money/rules/bank-report.ts";
import { problems as budgets } from "./money/rules/budget.ts";
import { problems as expenses } from "./money/rules/expense.ts";
import { problems as houseAccounts } from "./money/rules/house-account.ts";
import { problems as shares } from "./money/rules/share-capital.ts";
import { problems as reliefs } from "./money/rules/relief.ts";
import { problems as statements } from "./money/rules/statement.ts";
import { problems as payrolls } from "./money/rules/payroll.ts";
import { problems as overdrafts } from "./money/rules/overdraft.ts";
import { problems as payoutBatches } from "./money/rules/payout-batch.ts";
import { problems as purposes } from "./money/rules/purpose.ts";
import { problems as late } from "./money/rules/late.ts";
import { problems as closings } from "./money/rules/closing.ts";
import { problems as foreign } from "./money/rules/foreign.ts";
import { problems as vatReturns } from "./money/rules/vat-return.ts";
import { problems as credits } from "./money/rules/credit.ts";
import { problems as eInvoices } from "./money/rules/e-invoice.ts";
import { problems as incomeReports } from "./money/rules/income-report.ts";
import { problems as taxpayers } from "./money/rules/taxpayer.ts";
import { problems as selfBilling } from "./money/rules/self-billing.ts";
import { problems as money } from "./money/rules/problems.ts";
import { problems as platform } from "./platform/rules.ts";
import { problems as calendars } from "./platform/rules/calendar.ts";
import { problems as files } from "./platform/rules/files.ts";
import { problems as messages } from "./platform/rules/messages.ts";
import { problems as notices } from "./platform/rules/notices.ts";
import { problems as push } from "./platform/rules/push.ts";
import type { Problem } from "./platform/refusal.ts";

export const problems: Readonly<Record<string, Problem>> = {
  ...platform,
  ...calendars,
  ...messages,
  ...files,
  ...notices,
  ...push,
  ...membership,
  ...branches,
  ...reviews,
  ...profiles,
  ...employments,
  ...portfolios,
  ...governance,
  ...elections,
  ...beginnings,
  ...proposals,
  ...treatyTerms,
  ...admissions,
  ...togethers,
  ...objections,
  ...rolls,
  ...sittings,
  ...papers,
  ...ballots,
  ...draws,
  ...panels,
  ...jobs,
  ...plans,
  ...pay,
  ...prices,
  ...skills,
  ...searches,
  ...drafts,
  ...posted,
  ...across,
  ...bids,
  ...teams,
  ...revisions,
  ...acceptance,
  ...engagement,
  ...cancellation,
  ...amendments,
  ...declarations,
  ...cover,
  ...milestones,
  ...settlements,
  ...choosing,
  ...invitations,
  ...questions,
  ...references,
  ...desk,
  ...blocks,
  ...claims,
  ...neighbours,
  ...treaties,
  ...late,
  ...money,
  ...overdrafts,
  ...reliefs,
  ...shares,
  ...advances,
  ...expenses,
  ...bankReports,
  ...budgets,
  ...closings,
  ...foreign,
  ...vatReturns,
  ...credits,
  ...eInvoices,
  ...selfBilling,
  ...taxpayers,
  ...incomeReports,
  ...payrolls,
  ...gatherings,
  ...answers,
  ...assemblies,
  ...agendas,
  ...minutes,
  ...purposes,
  ...houseAccounts,
  ...payoutBatches,
  ...statements,
};
