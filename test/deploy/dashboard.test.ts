import { expect, it } from 'vitest'
import { z } from 'zod'
import { operationOutcomes } from '../../src/domain/ports/operation-observer.ts'
import { vendorCallOutcomes } from '../../src/domain/ports/upstream-observer.ts'
import { rpoVerdicts } from '../../src/domain/rpo.ts'
import { breakerStates, connectionStates } from '../../src/domain/site.ts'
import { taskStates } from '../../src/domain/task.ts'
import { FailoverDocument, ProtectionGroupsDocument, SitesDocument } from '../generated/graphql.ts'
import { startGateway } from '../support/start-gateway.ts'
import { createTestDatabase } from '../support/test-database.ts'
import { parseScrape } from '../telemetry/parse-scrape.ts'
import { readText, readYaml } from './read-deploy.ts'

const rulesForm = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.strictObject({
          alert: z.string(),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.object({ severity: z.enum(['critical', 'warning', 'info']) }),
          annotations: z.object({ summary: z.string(), description: z.string().optional() }),
        }),
      ),
    }),
  ),
})

const dashboardForm = z.object({
  panels: z.array(
    z.object({ id: z.number(), title: z.string(), targets: z.array(z.object({ expr: z.string() })).optional() }),
  ),
})

/** What is asked of Prometheus: by the alerts, and by the dashboard. */
const readExpressions = () => {
  const { groups } = rulesForm.parse(readYaml('deploy/prometheus/alerts.yaml'))
  const { panels } = dashboardForm.parse(JSON.parse(readText('deploy/grafana/dr-gateway.json')))
  return {
    alerts: groups.flatMap(({ rules }) => rules),
    panels,
    shown: panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  }
}

const metricName = /\b(?:dr_gateway|process|nodejs)_\w+/g
const listNames = (expressions: readonly string[]): readonly string[] => [
  ...new Set(expressions.flatMap((expression) => expression.match(metricName) ?? [])),
]

/** Names and labels of a gateway that has had something to do with every figure. */
const scrapeBusyGateway = async () => {
  await using database = await createTestDatabase()
  const metrics = { host: '127.0.0.1', port: 0 }
  await using gateway = await startGateway({ more: { metrics, store: { url: database.url } } })
  await gateway.dataOf(SitesDocument, {})
  const { protectionGroups } = await gateway.dataOf(ProtectionGroupsDocument, { first: 500 })
  const group = protectionGroups.nodes.find(({ actions }) =>
    actions.some(({ action, available }) => action === 'FAILOVER' && available),
  )
  const input = { targetId: group?.id ?? '', idempotencyKey: 'failover-1', reason: 'a drill' }
  await gateway.dataOf(FailoverDocument, { input })
  const scrape = async () => parseScrape(await (await fetch(gateway.metricsUrl ?? '')).text())
  let scraped = await scrape()
  const countHeld = async () => {
    scraped = await scrape()
    return scraped.sum('dr_gateway_lease_held')
  }
  await expect.poll(countHeld).toBe(5)
  return scraped
}

/** Of simulated sites without TLS there is no certificate. */
const unseen = 'dr_gateway_site_certificate_expiry_timestamp_seconds'

it('has alerts and panels for figures that a real scrape holds, with labels that they have', async () => {
  const { samples } = await scrapeBusyGateway()
  const { alerts, shown } = readExpressions()
  const expressions = [...alerts.map(({ expr }) => expr), ...shown]
  const known = new Set(samples.map(({ name }) => name))
  expect(listNames(expressions).filter((name) => !known.has(name) && name !== unseen)).toEqual([])

  // What stands behind a metric in braces, and what is summed by, is a label of it.
  const labels = new Set(samples.flatMap((sample) => Object.keys(sample.labels)).concat('job', 'instance'))
  const named = expressions.flatMap((expression) => [
    ...[...expression.matchAll(/(?<label>\w+)(?:=~|!=|=)"/g)].map(({ groups }) => groups?.['label'] ?? ''),
    ...[...expression.matchAll(/by \((?<list>[^)]*)\)/g)].flatMap(({ groups }) => (groups?.['list'] ?? '').split(', ')),
  ])
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((label) => !labels.has(label))).toEqual([])

  const words = [...taskStates, ...rpoVerdicts, ...connectionStates, ...breakerStates, ...vendorCallOutcomes]
  const knownWords = new Set(
    [...words, ...operationOutcomes].map((word) => word.toLowerCase()).concat('dr-gateway', '$job'),
  )
  const values = expressions.flatMap((expression) =>
    [...expression.matchAll(/=~?"(?<value>[^"]*)"/g)].flatMap(({ groups }) => (groups?.['value'] ?? '').split('|')),
  )
  expect(values.filter((value) => !knownWords.has(value))).toEqual([])
})

it('shows or watches every figure of the gateway, and describes each in the docs', async () => {
  const { types } = await scrapeBusyGateway()
  const { alerts, shown } = readExpressions()
  const own = [...types.keys()].filter((name) => name.startsWith('dr_gateway_'))
  expect(own.length).toBeGreaterThan(20)
  const asked = listNames([...alerts.map(({ expr }) => expr), ...shown]).map((name) =>
    name.replace(/_(?:bucket|count|sum)$/, ''),
  )
  expect(own.filter((name) => !asked.includes(name))).toEqual([])
  const docs = readText('docs/metrics.md')
  expect(own.filter((name) => !docs.includes(`\`${name}\``))).toEqual([])
})

it('gives each alert a name and each panel a number of its own', () => {
  const { alerts, panels } = readExpressions()
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length)
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
})
