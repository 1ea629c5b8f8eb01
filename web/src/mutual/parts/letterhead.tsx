// What stands on the coop's papers, as fields of a form.
import type { changeLetterhead } from "@partcommune/shared/platform/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";
import { faultAt } from "../../ui/refusal.tsx";

export type TypedLetterhead = {
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
  readonly vatNumber: string;
  readonly iban: string;
  readonly phone: string;
  readonly email: string;
};

export const emptyLetterhead: TypedLetterhead = { street: "", postcode: "", town: "", vatNumber: "", iban: "", phone: "", email: "" };

export const isReady = ({ street, postcode, town }: TypedLetterhead): boolean =>
  [street, postcode, town].every((text) => text.trim() !== "");

/** What is sent: an empty field that may be empty is left out. */
export function letterheadAsked({ street, postcode, town, ...rest }: TypedLetterhead): AskedOf<typeof changeLetterhead> {
  const said = Object.entries(rest).flatMap(([name, text]) => (text.trim() === "" ? [] : [[name, text.trim()]]));
  return { street, postcode, town, ...Object.fromEntries(said) };
}

type Props = {
  readonly letterhead: TypedLetterhead;
  readonly change: (letterhead: TypedLetterhead) => void;
  readonly refusal: ProblemBody | undefined;
  /** The pointer under which a refusal speaks of these fields. */
  readonly at: "" | "/letterhead";
};

export function LetterheadFields({ letterhead, change, refusal, at }: Props) {
  const t = useT();
  const field = (name: keyof TypedLetterhead, complete: string, hint?: string, because?: string) => (
    <Field
      label={t(`governance.letterhead.${name}`)}
      name={name}
      complete={complete}
      value={letterhead[name]}
      change={(value) => change({ ...letterhead, [name]: value })}
      fault={faultAt(refusal, `${at}/${name}`) ?? (refusal?.title === because ? refusal?.detail : undefined)}
      {...(hint ? { hint } : {})}
    />
  );
  return (
    <>
      {field("street", "street-address")}
      {field("postcode", "postal-code")}
      {field("town", "address-level2")}
      {field("vatNumber", "off", t("governance.letterhead.vatNumber.hint"), "vat-number-unlike")}
      {field("iban", "off", t("governance.letterhead.iban.hint"), "iban-unreadable")}
      {field("phone", "tel")}
      {field("email", "email", t("governance.letterhead.email.hint"))}
    </>
  );
}
