// The figures of the fund's page that open into the rows they are the sum of, and who sees those row by row.
import { pots, type Pot } from "../../governance/rules/pots.ts";

export const potFigure = (pot: Pot): `pot-${Pot}` => `pot-${pot}`;

export const figureIds = [
  "total",
  "cameIn",
  "wentOut",
  "bank",
  "vatDue",
  "owedToMembers",
  "inTransit",
  "owedToSisters",
  "exposed",
  "lost",
  "recovered",
  ...pots.map(potFigure),
] as const;
export type FigureId = (typeof figureIds)[number];

/** What moves a pot is shown row by row, without persons; a row of any other figure is what somebody earned, paid or owes. */
export const isOfPots = (figure: FigureId): boolean =>
  figure === "total" || figure === "cameIn" || figure === "wentOut" || figure.startsWith("pot-");
