// Who has a budget here: a membership that is neither waiting for admission nor over.
import type { readMe } from "@partcommune/shared/membership/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";

type PersonTold = NonNullable<ToldOf<typeof readMe>["person"]>;

const holding: readonly string[] = ["trial", "member", "associate", "leaving"];

export const mayHold = (person: PersonTold): person is PersonTold & { readonly member: string } =>
  person.member !== undefined && holding.includes(person.stage ?? "");
