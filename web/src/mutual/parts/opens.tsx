// A figure of the fund that opens into the entries it is the sum of.
import type { FigureId } from "@partcommune/shared/mutual/rules/figures";
import type { MoneyText } from "@partcommune/shared/platform/money";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";

export const Opens = ({ figure, of }: { readonly figure: FigureId; readonly of: MoneyText }) => (
  <Link to="/fund/entries" search={{ figure }}>
    <Money of={of} />
  </Link>
);
