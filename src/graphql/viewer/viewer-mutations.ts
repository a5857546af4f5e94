import { GraphQLError } from 'graphql'
import { builder } from '../builder.ts'
import { ViewerRef } from './viewer-type.ts'

const refuse = (code: string, message: string): GraphQLError => new GraphQLError(message, { extensions: { code } })

builder.mutationField('refreshSession', (t) =>
  t.field({
    type: ViewerRef,
    description:
      "Goes on with a fresh access token on an open WebSocket, so that what is watched there outlives the token that opened it. Send it before `Viewer.expiresAt`; at that moment the socket closes with 4403. The token has to be the same caller's and to grant all that the socket has now; what begins afterwards runs with the fresh one. Otherwise the error has the code UNAUTHENTICATED, and all stays as it is. Over HTTP each request has its own token: there the code is SOCKET_REQUIRED.",
    args: {
      token: t.arg.string({
        required: true,
        description:
          'The fresh token, without `Bearer`. Send it as a variable, so that it is not part of the document.',
      }),
    },
    resolve: async (_root, { token }, { session }) => {
      if (session === null) {
        throw refuse('SOCKET_REQUIRED', 'Over HTTP each request has its own token; this is for a WebSocket')
      }
      const viewer = await session.refresh(token)
      if (viewer === null) {
        throw refuse(
          'UNAUTHENTICATED',
          'The token is not valid, is not of this caller, or grants less than the socket has',
        )
      }
      return viewer
    },
  }),
)
