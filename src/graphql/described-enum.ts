import { recordOf } from '../std/record-of.ts'
import { builder } from './builder.ts'

/** An enum whose every value has a description; the values are the words of the domain. */
export const describedEnum = <V extends string>(
  name: string,
  description: string,
  values: Readonly<Record<V, string>>,
) => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets the keys of a record
  const words = Object.keys(values) as V[]
  return builder.enumType(name, { description, values: recordOf(words, (word) => ({ description: values[word] })) })
}
