import { z } from 'zod'
import type { ConsoleLogin } from './server/console-files.ts'

const isProtected = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
}

const endpoint = z.string().refine(isProtected, 'must be https://; http:// only on this machine')

/** The section `console` of the configuration: whether it is served, and how people sign in there. */
export const consoleSection = z
  .strictObject({
    enabled: z.boolean().prefault(true),
    oidc: z
      .strictObject({
        name: z.string().min(1).max(64).prefault('your organisation'),
        clientId: z.string().min(1).max(256),
        authorizationEndpoint: endpoint,
        tokenEndpoint: endpoint,
        scope: z.string().min(1).max(512).prefault('openid'),
      })
      .optional(),
  })
  .prefault({})

/** What is served as the console; null where nothing is. */
export type ConsoleSettings = { readonly login: ConsoleLogin } | null

export const toConsoleSettings = ({ enabled, oidc }: z.infer<typeof consoleSection>): ConsoleSettings =>
  enabled ? { login: oidc === undefined ? { kind: 'token' } : { kind: 'oidc', ...oidc } } : null
