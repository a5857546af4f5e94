import { createSimClock, type SimClock } from './clock.ts'
import { startVcdaSimulator, type VcdaSimulator } from './vcda/vcda-simulator.ts'
import { startZertoSimulator, type ZertoSimulator } from './zerto/zerto-simulator.ts'

interface Address {
  readonly host: string
  /** Of the first site; the second one is on the next port. 0 takes free ones for both. */
  readonly port: number
}

export interface SimulatorOptions {
  /** How many simulated seconds pass in a real one; 0 stands still until the clock is turned. */
  readonly speed: number
  /** The same seed makes the same fleet. */
  readonly seed: number
  /** Protected machines of each vendor. */
  readonly fleetSize: number
  readonly vcda: Address
  readonly zerto: Address
}

/** Two paired sites of each vendor, all in one time. */
export interface Simulator extends AsyncDisposable {
  readonly clock: SimClock
  readonly vcda: VcdaSimulator
  readonly zerto: ZertoSimulator
}

const pair = ({ host, port }: Address): readonly Address[] => [
  { host, port },
  { host, port: port === 0 ? 0 : port + 1 },
]

/**
 * Starts both vendors' APIs.
 *
 * @throws What listening throws, e.g. EADDRINUSE; nothing stays open then.
 */
export const startSimulator = async ({ speed, seed, fleetSize, vcda, zerto }: SimulatorOptions): Promise<Simulator> => {
  await using stack = new AsyncDisposableStack()
  const clock = createSimClock({ speed })
  const started = {
    vcda: stack.use(await startVcdaSimulator({ clock, seed, fleetSize, listen: pair(vcda) })),
    zerto: stack.use(await startZertoSimulator({ clock, seed, fleetSize, listen: pair(zerto) })),
  }
  const owned = stack.move()
  return { clock, ...started, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

const toLines = (url: string, name: string, logins: Readonly<Record<string, object>>): readonly string[] => [
  `  ${url}  ${name}`,
  ...Object.entries(logins).map(([kind, login]) => `    ${kind}: ${Object.values(login).join(' / ')}`),
]

/** Where the simulated sites are and how to sign in to them, for a person to read. */
export const printSimulator = ({ vcda, zerto }: Simulator): string =>
  [
    'VMware Cloud Director Availability',
    ...vcda.sites.flatMap(({ name, service, login, tenantLogin }) =>
      toLines(service.url, name, {
        'localUser, user / password': login,
        'vcdCredentials, user / password': tenantLogin,
      }),
    ),
    '',
    'Zerto',
    ...zerto.sites.flatMap(({ name, service, login, clientLogin }) =>
      toLines(service.url, name, { 'username / password': login, 'client id / secret': clientLogin }),
    ),
    '',
  ].join('\n')
