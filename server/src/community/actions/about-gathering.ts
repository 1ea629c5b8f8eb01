// Who watches a gathering: its page, and the list.
import type { Id } from "@partcommune/shared/platform/id";

export const aboutGathering = (id: Id): readonly string[] => ["gatherings", `gathering:${id}`];
