/** A record whose values change while others hold it. */
export interface LiveRecord<T extends object> {
  /** Always the present values: read a member when it is needed, not before. */
  readonly view: Readonly<T>
  /** Puts other values in the place of all the present ones. */
  replace(values: Readonly<T>): void
}

export const createLiveRecord = <T extends object>(first: Readonly<T>): LiveRecord<T> => {
  const view = { ...first }
  return {
    view,
    replace: (values) => {
      Object.assign(view, values)
    },
  }
}
