/** A member of a union, as a document with `__typename` gets it. */
interface Member {
  readonly __typename: string
}

/** Members that are refusals: every one has a message for people and a code for programs. */
interface Refusal {
  readonly message: string
  readonly code: string
}

type Named<Result extends Member, Name> = Extract<Result, { readonly __typename: Name }>
type RefusalOf<Result extends Member> = Extract<Result, Refusal>
type Handle<Result extends Member, Name, Out> = (member: Named<Result, Name>) => Out

/** One function for each member of the union. */
type Each<Result extends Member, Out> = {
  readonly [Name in Result['__typename']]: Handle<Result, Name, Out>
} & { readonly Problem?: undefined }

/** One function for each member that is no refusal, any refusals by name, and `Problem` for the rest of them. */
type WithRest<Result extends Member, Out> = {
  readonly [Name in Exclude<Result, Refusal>['__typename']]: Handle<Result, Name, Out>
} & {
  readonly [Name in RefusalOf<Result>['__typename']]?: Handle<Result, Name, Out>
} & { readonly Problem: (member: RefusalOf<Result>) => Out }

/** What is to be done for each member of a result: for all by name, or for some and for `Problem`. */
export type TaskResultCases<Result extends Member, Out> = Each<Result, Out> | WithRest<Result, Out>

const isHandle = (value: unknown): value is (member: unknown) => unknown => typeof value === 'function'

/**
 * Does what is said for the member that came. The compiler asks for every member that the document can answer with, so
 * a refusal that is added to the contract is not overlooked: the next build names it. The document has to ask for
 * `__typename`, and for `message` and `code` on `Problem`.
 *
 * @throws TypeError for a member that is newer than this client, where `cases` has no `Problem`.
 */
export const matchTaskResult = <const Result extends Member, Out>(
  result: Result,
  cases: TaskResultCases<Result, Out>,
): Out => {
  const byName = new Map<string, unknown>(Object.entries(cases))
  const handle = byName.get(result.__typename) ?? ('message' in result ? byName.get('Problem') : undefined)
  if (!isHandle(handle)) throw new TypeError(`The gateway answered with ${result.__typename}, which is not known`)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every function of the cases gives an Out
  return handle(result) as Out
}
