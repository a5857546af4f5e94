import type { Plugin } from 'graphql-yoga'

const types = ['application/graphql-response+json', 'application/json', 'text/event-stream']

/**
 * Says, in the answer to a caller who accepts nothing that there is, what there is. Yoga says it once more for each type
 * that the caller has named: 16 KB of a request would become 240 KB of headers, which most clients cannot even read.
 */
export const acceptableTypes = (): Plugin => ({
  onResponse({ response }) {
    if (response.status === 406) response.headers.set('accept', types.join(', '))
  },
})
