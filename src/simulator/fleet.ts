import type { Random } from './random.ts'

/** One believable application: machines that belong together, of one organisation. */
export interface Application {
  /** e.g. `billing-prod`. Unique in a fleet. */
  readonly name: string
  readonly organization: string
  /** Names of its machines, e.g. `billing-prod-web-01`. Unique in a fleet. */
  readonly machines: readonly string[]
}

const organizations = ['Acme', 'Globex', 'Initech', 'Umbrella', 'Stark', 'Wayne', 'Tyrell', 'Cyberdyne']
const services = [
  'billing',
  'orders',
  'inventory',
  'payroll',
  'crm',
  'mail',
  'portal',
  'identity',
  'reporting',
  'warehouse',
  'ledger',
  'claims',
  'catalog',
  'search',
  'archive',
  'scheduler',
  'telemetry',
  'helpdesk',
  'pricing',
  'fleet',
]
const stages = ['prod', 'prod', 'prod', 'staging', 'dr']
const roles = ['web', 'app', 'db', 'cache', 'queue', 'batch', 'file']

/** Cuts `machineCount` machines into applications of 1 to 6, with the same names for the same random source. */
export const generateApplications = (random: Random, machineCount: number): readonly Application[] => {
  const applications: Application[] = []
  const seen = new Map<string, number>()
  for (let left = machineCount; left > 0;) {
    const size = Math.min(left, random.between(1, 6))
    const base = `${random.pick(services)}-${random.pick(stages)}`
    const count = (seen.get(base) ?? 0) + 1
    seen.set(base, count)
    const name = count === 1 ? base : `${base}-${count}`
    const machines = Array.from({ length: size }, (_, index) => {
      const number = String(index + 1).padStart(2, '0')
      return `${name}-${random.pick(roles)}-${number}`
    })
    applications.push({ name, organization: random.pick(organizations), machines })
    left -= size
  }
  return applications
}
