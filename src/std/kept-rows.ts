/**
 * Makes something of each object of a list that is read again and again. What was made of an object is at hand for as long as
 * the next list holds the same object, wherever it stands. Cheaper than a WeakMap: almost all stand where they stood.
 */
export class KeptRows<K extends object, V> {
  #keys: readonly K[] = []
  #values: readonly V[] = []

  /** @param make Is given what was made of the same object the last time; undefined where it was not there. */
  toAll(keys: readonly K[], make: (key: K, known: V | undefined) => V): readonly V[] {
    const [lastKeys, lastValues] = [this.#keys, this.#values]
    let places: ReadonlyMap<K, number> | null = null
    const findMoved = (key: K): V | undefined => {
      places ??= new Map(lastKeys.map((each, place) => [each, place]))
      const place = places.get(key)
      return place === undefined ? undefined : lastValues[place]
    }
    this.#values = keys.map((key, place) => make(key, lastKeys[place] === key ? lastValues[place] : findMoved(key)))
    this.#keys = keys
    return this.#values
  }
}
