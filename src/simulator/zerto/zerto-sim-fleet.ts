import { generateApplications, type Application } from '../fleet.ts'
import type { Random } from '../random.ts'
import { vpgEvent } from './zerto-sim-event-log.ts'
import { defaultRecoveryPlace } from './zerto-sim-infrastructure.ts'
import { CheckpointJournal } from './zerto-sim-journal.ts'
import { addReport } from './zerto-sim-recovery-report.ts'
import { hashUuid, otherSite, type SimVm, type SimVpg, type SiteIndex } from './zerto-sim-vpg.ts'
import type { ZertoSite, ZertoWorld } from './zerto-world.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Systems that a protected machine runs. */
const guests = [
  'Microsoft Windows Server 2022 (64-bit)',
  'Microsoft Windows Server 2019 (64-bit)',
  'Red Hat Enterprise Linux 9 (64-bit)',
  'Ubuntu Linux (64-bit)',
]

/** Numbers for morefs, counted up for each vCenter. */
interface Morefs {
  next: number
}

const createVm = (random: Random, sites: readonly [ZertoSite, ZertoSite], name: string, morefs: Morefs): SimVm => {
  const moref = morefs.next++
  const identifier = (site: ZertoSite): string => `${site.infrastructure.vcenterGuid}.vm-${moref + site.index * 7}`
  const provisionedMb = random.between(16, 400) * 1024
  return {
    name,
    identifiers: [identifier(sites[0]), identifier(sites[1])],
    provisionedMb,
    usedMb: Math.floor(provisionedMb * (0.2 + random.next() * 0.7)),
    cpus: random.pick([2, 4, 8]),
    memoryMb: random.pick([4, 8, 16, 32]) * 1024,
    guestOs: random.pick(guests),
    hasTools: random.next() > 0.03,
    protectedBy: 0,
    placement: random.between(0, 3),
  }
}

const createVpg = (world: ZertoWorld, application: Application, vms: SimVm[], now: number): SimVpg => {
  const { random } = world
  const id = random.uuid()
  const protectedSite: SiteIndex = random.next() < 0.75 ? 0 : 1
  const journalHours = random.pick([4, 24, 24, 48, 168])
  // One in ten is so young that its journal still grows.
  const age = random.next() < 0.1 ? random.between(20, 200) * minute : random.between(8, 400) * day
  const journal = new CheckpointJournal(journalHours * 60, random.between(1, 900))
  journal.open(now - age)
  const profile = random.next() < 0.4 ? random.pick(world.serviceProfiles) : null
  const zorg = random.next() < 0.6 ? world.zorgs.find(({ name }) => name === application.organization) : undefined
  const target = world.sites[otherSite(protectedSite)].infrastructure
  return {
    id,
    name: application.name,
    description: `${application.organization} ${application.name}`,
    vms,
    journal,
    zorgId: zorg?.id ?? null,
    serviceProfileId: profile?.id ?? null,
    priority: random.between(0, 2),
    protectedSite,
    configuredRpoSeconds: profile?.rpoSeconds ?? random.pick([300, 300, 600, 900]),
    testIntervalMinutes: 262_080,
    useWanCompression: true,
    recovery: defaultRecoveryPlace(target, id),
    settings: null,
    phase: { kind: 'PROTECTING', since: now - age },
    test: null,
    clone: null,
    lastTest: random.next() < 0.5 ? now - random.between(1, 150) * day : null,
    lagSeconds: 0,
    lagSince: now,
    isHistoryShort: false,
  }
}

type Condition = (world: ZertoWorld, vpg: SimVpg, now: number) => void

const stopSince = (
  vpg: SimVpg,
  kind: 'PAUSED' | 'ERROR' | 'DISCONNECTED' | 'NEEDS_CONFIGURATION',
  since: number,
): void => {
  vpg.journal.close(since)
  vpg.phase = kind === 'PAUSED' ? { kind, since, bySystem: false } : { kind, since }
}

const lagBehind: Condition = (_world, vpg, now) => {
  vpg.lagSeconds = Math.ceil(vpg.configuredRpoSeconds * 1.6)
  vpg.lagSince = now - 25 * minute
}

/** What is the matter with some groups, in the order in which a fleet gets them: first those that every fleet needs. */
const conditions: readonly Condition[] = [
  lagBehind,
  (_world, vpg, now) => stopSince(vpg, 'PAUSED', now - 90 * minute),
  (world, vpg, now) => {
    vpg.journal.clear(now)
    world.synchronise(vpg, 'INITIAL', now - 48 * minute, 2 * 3600)
  },
  (_world, vpg, now) => {
    const startedAt = now - 20 * minute
    vpg.test = { stage: 'InTest', startedAt, checkpointId: vpg.journal.latest(startedAt)?.id ?? '' }
  },
  (_world, vpg, now) => stopSince(vpg, 'ERROR', now - 40 * minute),
  (_world, vpg, now) => {
    stopSince(vpg, 'NEEDS_CONFIGURATION', now - 3 * day)
    vpg.journal.clear(now)
  },
  (_world, vpg, now) => stopSince(vpg, 'DISCONNECTED', now - 12 * minute),
  (_world, vpg, now) => {
    vpg.lagSeconds = Math.floor(vpg.configuredRpoSeconds * 1.17)
    vpg.lagSince = now - 5 * minute
  },
  (_world, vpg) => {
    vpg.isHistoryShort = true
  },
]

/** The tail of the list is given trouble, half of it at most, so that any fleet has healthy groups. */
const addTrouble = (world: ZertoWorld, vpgs: readonly SimVpg[], now: number): void => {
  const troubled = vpgs.toReversed().slice(0, Math.floor(vpgs.length / 2))
  troubled.forEach((vpg, index) => {
    const condition = conditions[index]
    if (condition !== undefined) condition(world, vpg, now)
    else if (world.random.next() < 0.02) lagBehind(world, vpg, now)
  })
}

/** What a fleet that did not begin today has behind it: groups were created, and tests were run. */
const recordPast = (world: ZertoWorld): void => {
  for (const vpg of world.vpgs.values()) {
    const { id: vpgId, name: vpgName, zorgId, protectedSite: siteIndex, lastTest, phase } = vpg
    const about = { vpgId, vpgName, zorgId, siteIndex, isSuccess: true, user: 'admin', reason: '' }
    const createdAt = Math.min(phase.since, lastTest ?? phase.since) - day
    world.events.add(vpgEvent({ ...about, type: 'CreateProtectionGroup', at: createdAt, key: `${vpgId}created` }))
    if (lastTest === null) continue
    const startedAt = lastTest - 30 * minute
    world.events.add(vpgEvent({ ...about, type: 'FailOverTest', at: startedAt, key: `${vpgId}tested` }))
    world.events.add(vpgEvent({ ...about, type: 'StopFailOverTest', at: lastTest, key: `${vpgId}stopped` }))
    addReport(world, vpg, {
      id: hashUuid(`${vpgId}report`),
      type: 'FailoverTest',
      startedAt,
      endedAt: lastTest,
      pointInTime: startedAt - minute,
      rtoSeconds: 95,
      status: 'Success',
      user: 'admin',
      notes: '',
      vms: vpg.vms,
      steps: [{ description: 'Failover test', startedAt, endedAt: lastTest, isSuccess: true }],
    })
  }
}

/** A second group over the machines of the first, as kept for compliance: a machine may be in several. */
const addSecondCopy = (world: ZertoWorld, first: SimVpg, now: number): void => {
  const vms = first.vms.slice(0, 1)
  const application = { name: `${first.name}-compliance`, organization: '', machines: [] }
  const vpg = createVpg(world, application, vms, now)
  const place = defaultRecoveryPlace(world.sites[otherSite(first.protectedSite)].infrastructure, vpg.id)
  Object.assign(vpg, { protectedSite: first.protectedSite, recovery: place, zorgId: first.zorgId, description: '' })
  world.vpgs.set(vpg.id, vpg)
  for (const vm of vms) world.engage(vm)
}

const profiles = [
  { name: 'Gold', rpoSeconds: 300, historyHours: 168, testIntervalDays: 90, maxJournalPercent: 50 },
  { name: 'Silver', rpoSeconds: 600, historyHours: 24, testIntervalDays: 180, maxJournalPercent: 30 },
  { name: 'Bronze', rpoSeconds: 900, historyHours: 4, testIntervalDays: 365, maxJournalPercent: 15 },
]

/** Fills a world with `fleetSize` machines in groups of one application each, and some machines without protection. */
export const fillWorld = (world: ZertoWorld, fleetSize: number): void => {
  const now = world.clock.now()
  const { random } = world
  for (const profile of profiles) world.serviceProfiles.push({ id: random.uuid(), ...profile })
  const applications = generateApplications(random, fleetSize)
  const organizations = new Set(applications.map(({ organization }) => organization))
  for (const name of organizations) world.zorgs.push({ id: random.uuid(), name })
  const morefs = { next: 38 }
  for (const application of applications) {
    const vms = application.machines.map((name) => createVm(random, world.sites, name, morefs))
    const vpg = createVpg(world, application, vms, now)
    world.vpgs.set(vpg.id, vpg)
    for (const vm of vms) world.engage(vm)
  }
  const vpgs = [...world.vpgs.values()]
  addTrouble(world, vpgs, now)
  const first = vpgs[0]
  if (first !== undefined && vpgs.length >= 8) addSecondCopy(world, first, now)
  recordPast(world)
  addUnprotected(world, Math.max(6, Math.floor(fleetSize / 20)), morefs)
}

const addUnprotected = (world: ZertoWorld, count: number, morefs: Morefs): void => {
  for (let number = 1; number <= count; number += 1) {
    const site = world.sites[number % 3 === 0 ? 1 : 0]
    const vm = createVm(world.random, world.sites, `unprotected-${String(number).padStart(2, '0')}`, morefs)
    vm.hasTools = true
    site.unprotected.set(vm.identifiers[site.index], vm)
  }
}
