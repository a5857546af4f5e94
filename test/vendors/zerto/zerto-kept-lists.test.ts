import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { failureOf, json, neverAborted, startScriptedZvm } from './scripted-zvm.ts'

type Row = Readonly<Record<string, unknown>>

const textOf = (name: string): string =>
  readFileSync(new URL(`../../fixtures/zerto/${name}.json`, import.meta.url), 'utf8')

const rowsOf = (name: string): readonly Row[] => {
  const rows: unknown = JSON.parse(textOf(name))
  return Array.isArray(rows) ? rows : []
}

const localSite: Row = JSON.parse(textOf('localsite-10.0'))

const startZvm = (answers: { vpgs: string; vms: string; utcOffset: number }) =>
  startScriptedZvm({
    answer: ({ path }) => {
      if (path === '/v1/vpgs') return { ...json(null), body: answers.vpgs }
      if (path === '/v1/vms') return { ...json(null), body: answers.vms }
      return json({ ...localSite, UtcOffsetInMinutes: answers.utcOffset })
    },
  })

const otherGuid = '5f5dee1e-2175-4133-a32f-7376be7e446b'

test('lists what the site lists, however its answer has changed since', async () => {
  const [vpgs, vms] = [rowsOf('vpgs-10.0'), rowsOf('vms-10.0')]
  const answers = { vpgs: '[]', vms: '[]', utcOffset: 0 }
  await using zvm = await startZvm(answers)
  const edits: readonly ((rows: readonly Row[]) => unknown)[] = [
    (rows) => rows,
    (rows) => rows.map((row) => ({ ...row, ActualRPO: 7 })),
    (rows) => rows.toReversed(),
    (rows) => rows.slice(1),
    (rows) => rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, it]) => [name.toLowerCase(), it]))),
    () => [],
    (rows) => rows,
  ]
  for (const [round, edit] of edits.entries()) {
    answers.vpgs = JSON.stringify(edit(vpgs), null, round % 2)
    answers.vms = JSON.stringify(edit(vms), null, round % 2)
    await using fresh = await startZvm(answers)
    for (const { adapter } of [zvm, zvm]) {
      expect(await adapter.listGroups(neverAborted)).toEqual(await fresh.adapter.listGroups(neverAborted))
      expect(await adapter.listReplications(neverAborted)).toEqual(await fresh.adapter.listReplications(neverAborted))
    }
  }
})

// N1 to N10: what comes is not trusted for having been good before.
test('gives the same objects for the same text, and refuses what is cut off or has a member of another type', async () => {
  const [vpg = {}] = rowsOf('vpgs-10.0')
  const answers = { vpgs: JSON.stringify([vpg, { ...vpg, VpgIdentifier: otherGuid }]), vms: '[]', utcOffset: 0 }
  await using zvm = await startZvm(answers)
  const [first] = await zvm.adapter.listGroups(neverAborted)
  const good = answers.vpgs
  for (const bad of [good.slice(0, -1), JSON.stringify([vpg, { ...vpg, VpgName: {} }]), '{}']) {
    answers.vpgs = bad
    const failure = await failureOf(zvm.adapter.listGroups(neverAborted))
    expect(failure).toMatchObject({ problem: { code: 'VENDOR_PROTOCOL' } })
  }
  answers.vpgs = JSON.stringify([{ ...vpg, VpgIdentifier: otherGuid, ActualRPO: 1 }, vpg])
  const groups = await zvm.adapter.listGroups(neverAborted)
  expect(groups[1]).toBe(first)
})
