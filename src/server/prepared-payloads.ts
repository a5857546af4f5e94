import type { FormattedExecutionResult } from 'graphql'

/**
 * Puts JSON text that is there already into the messages of one socket. The protocol's library makes the text of a message
 * itself, in one go with handing it to the socket: a stand-in leaves its place out, and is filled in on the way.
 */
export class PreparedPayloads {
  #text: string | null = null

  /** What to give as the payload of a message. */
  toStandIn(text: string): FormattedExecutionResult {
    const standIn = {
      toJSON: (): undefined => {
        this.#text = text
      },
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is no member of it is what it is made for
    return standIn as FormattedExecutionResult
  }

  /** The message as it is sent. */
  fill(message: string): string {
    const text = this.#text
    if (text === null) return message
    this.#text = null
    return `${message.slice(0, -1)},"payload":${text}}`
  }
}
