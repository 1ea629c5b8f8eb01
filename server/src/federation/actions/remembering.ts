// What is remembered of other servers has an end: of too much, what was put in first is forgotten.

const mostRemembered = 10_000;

/** A memory that something was just put into. */
export function forgettingOldest<Value>(memory: Map<string, Value>): Map<string, Value> {
  const [oldest] = memory.keys();
  if (memory.size > mostRemembered && oldest !== undefined) memory.delete(oldest);
  return memory;
}
