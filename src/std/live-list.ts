/** A list whose items change while others hold it. */
export interface LiveList<T> {
  /** Always the present items: look into it when they are needed, and not again after a wait as if they were the same. */
  readonly view: readonly T[]
  /** Puts other items in the place of all the present ones. */
  replace(items: readonly T[]): void
}

export const createLiveList = <T>(first: readonly T[]): LiveList<T> => {
  const view = [...first]
  return {
    view,
    replace: (items) => {
      view.splice(0, view.length, ...items)
    },
  }
}
