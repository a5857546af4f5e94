/** A record with a value for each of the keys. */
export const recordOf = <K extends string, V>(keys: readonly K[], toValue: (key: K) => V): Readonly<Record<K, V>> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets the keys that it was given
  Object.fromEntries(keys.map((key) => [key, toValue(key)])) as Record<K, V>
