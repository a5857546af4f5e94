import { GraphQLError } from 'graphql'
import { DomainError } from '../../domain/errors.ts'
import { recoveryKinds, recoverySources } from '../../domain/recovery-report.ts'
import { vendors } from '../../domain/vendor.ts'
import { parseInstant } from '../scalars.ts'
import type { RecoveryFilter } from './recovery-report-filter.ts'

/** Parameters of an address -> members of the filter. */
const known = ['vendor', 'kind', 'source', 'groupId', 'wasSuccessful', 'from', 'to'] as const
type Parameter = (typeof known)[number]

const findWords = <V extends string>(
  given: URLSearchParams,
  name: Parameter,
  words: readonly V[],
): readonly V[] | null => {
  const texts = given.getAll(name)
  if (texts.length === 0) return null
  return texts.map((text) => {
    const word = words.find((one) => one === text)
    if (word === undefined) throw DomainError.invalidInput(name, `is not one of ${words.join(', ')}`)
    return word
  })
}

const findOne = (given: URLSearchParams, name: Parameter): string | null => {
  const [text, ...others] = given.getAll(name)
  if (others.length > 0) throw DomainError.invalidInput(name, 'is given more than once')
  return text ?? null
}

const findInstant = (given: URLSearchParams, name: Parameter): Date | null => {
  const text = findOne(given, name)
  if (text === null) return null
  try {
    return parseInstant(text)
  } catch (error) {
    if (error instanceof GraphQLError) throw DomainError.invalidInput(name, error.message)
    throw error
  }
}

/**
 * The filter of `recoveryReports` from the query of an address: `vendor`, `kind`, `source` and `groupId` may be repeated,
 * `wasSuccessful` is `true` or `false`, `from` and `to` are moments.
 *
 * @throws INVALID_INPUT also for a parameter that is not known: a filter that is misspelt must not give everything.
 */
export const parseReportParameters = (given: URLSearchParams): RecoveryFilter => {
  for (const name of given.keys()) {
    if (known.some((one) => one === name)) continue
    throw DomainError.invalidInput(name, `is not one of the parameters ${known.join(', ')}`)
  }
  const groupIds = given.getAll('groupId')
  const word = findOne(given, 'wasSuccessful')
  if (word !== null && word !== 'true' && word !== 'false') {
    throw DomainError.invalidInput('wasSuccessful', 'is neither true nor false')
  }
  return {
    vendors: findWords(given, 'vendor', vendors),
    kinds: findWords(given, 'kind', recoveryKinds),
    sources: findWords(given, 'source', recoverySources),
    groupIds: groupIds.length === 0 ? null : groupIds,
    wasSuccessful: word === null ? null : word === 'true',
    from: findInstant(given, 'from'),
    to: findInstant(given, 'to'),
  }
}
