// A country of a client, in the reader's language and order.
import { useSpeech } from "../../platform/i18n.tsx";
import { Pick } from "../../ui/field.tsx";

/** Countries whose clients a coop of this software meets; the register of a guarantee's countries is a bylaw. */
const codes = "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK US CA".split(" ");

export function Country({
  label,
  value,
  change,
}: {
  readonly label: string;
  readonly value: string;
  readonly change: (code: string) => void;
}) {
  const { language } = useSpeech();
  const names = new Intl.DisplayNames(language, { type: "region" });
  const options = codes
    .map((code) => ({ value: code, says: names.of(code) ?? code }))
    .toSorted((a, b) => a.says.localeCompare(b.says, language));
  return <Pick label={label} name="country" value={value} change={change} options={options} />;
}
