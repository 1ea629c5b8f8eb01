// How the functions of the book are planned.

/**
 * Plans are kept: a book that grew since a connection planned would be read whole, so only look-ups
 * by index are on; and planning each call anew costs more than it finds.
 */
export const keptPlans = /* sql */ `set enable_seqscan = off set enable_bitmapscan = off set enable_mergejoin = off set enable_hashjoin = off set plan_cache_mode = force_generic_plan`;
