// What a voted value is to those below governance: a key with a type. Governance fills the register in.

// Governance adds its keys by declaration merging, so that membership may read a bylaw without importing upwards.
// oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type
export interface Bylaws {}
export type BylawKey = keyof Bylaws;

/** A bylaw as it stood at an instant: its value, and the version that an entry or a promise cites. */
export type Bylaw<K extends BylawKey> = { readonly key: K; readonly version: bigint; readonly id: bigint; readonly value: Bylaws[K] };
