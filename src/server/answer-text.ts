import type { ExecutionResult, GraphQLError } from 'graphql'

/** The data of an answer as finished JSON text. Whoever writes it with JSON.stringify gets the same, less quickly. */
export class DataText {
  readonly [member: string]: unknown
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  static textOf(data: DataText): string {
    return data.#text
  }

  toJSON(): unknown {
    return JSON.parse(this.#text)
  }
}

/** Takes any copy of a result, with whatever was added to it. */
const stringify = ({ data, ...others }: ExecutionResult): string => {
  const rest = JSON.stringify(others)
  const text = data instanceof DataText ? DataText.textOf(data) : JSON.stringify(data ?? null)
  return rest === '{}' ? `{"data":${text}}` : `${rest.slice(0, -1)},"data":${text}}`
}

/** A result that the server sends without looking into its data. */
export const toPreparedResult = (
  text: string | null,
  errors: readonly GraphQLError[],
): ExecutionResult & { readonly stringify: typeof stringify } => {
  const data = text === null ? null : new DataText(text)
  return errors.length === 0 ? { data, stringify } : { errors, data, stringify }
}
