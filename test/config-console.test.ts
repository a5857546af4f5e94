import { expect, test } from 'vitest'
import { consoleSection, toConsoleSettings } from '../src/config-console.ts'

const settingsOf = (given: unknown) => toConsoleSettings(consoleSection.parse(given))

test('serves the console to people with a token where nothing is said', () => {
  expect(settingsOf(undefined)).toEqual({ login: { kind: 'token' } })
})

test('does not serve it where it is switched off', () => {
  expect(settingsOf({ enabled: false })).toBeNull()
})

const oidc = {
  clientId: 'dr-console',
  authorizationEndpoint: 'https://idp.example/authorize',
  tokenEndpoint: 'https://idp.example/token',
}

test('sends people to the provider, and asks it for openid unless told otherwise', () => {
  expect(settingsOf({ oidc })).toEqual({
    login: { kind: 'oidc', name: 'your organisation', scope: 'openid', ...oidc },
  })
})

test.each([
  ['http://idp.example/token', 'must be https://; http:// only on this machine'],
  ['//idp.example', 'must be https://; http:// only on this machine'],
  ['javascript:alert(1)', 'must be https://; http:// only on this machine'],
])('refuses %s as an endpoint that tokens are sent to', (tokenEndpoint, message) => {
  const { error } = consoleSection.safeParse({ oidc: { ...oidc, tokenEndpoint } })
  expect(error?.issues.map((issue) => [issue.path.join('.'), issue.message])).toEqual([['oidc.tokenEndpoint', message]])
})

test('takes an endpoint on this machine without TLS', () => {
  const tokenEndpoint = 'http://127.0.0.1:8080/token'
  expect(settingsOf({ oidc: { ...oidc, tokenEndpoint } })).toMatchObject({ login: { tokenEndpoint } })
})
