const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const namesDocument = /"(?:documentId|persistedQuery)"/

/**
 * Gives a `subscribe` message that names a stored document, and has no `query`, an empty one: the protocol wants a text
 * there, and closes the socket with everything on it where there is none. Any other message stays as it is.
 */
export const withQuery = (text: string): string => {
  // Most messages are short of the words, and are not parsed twice.
  if (!namesDocument.test(text)) return text
  let message: unknown
  try {
    message = JSON.parse(text)
  } catch {
    return text
  }
  if (!isRecord(message) || message['type'] !== 'subscribe') return text
  const payload = message['payload']
  if (!isRecord(payload) || (payload['query'] ?? null) !== null) return text
  return JSON.stringify({ ...message, payload: { ...payload, query: '' } })
}
