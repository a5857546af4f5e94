import { startAdminService, type AdminSite } from './admin-service.ts'
import { createSimClock, type SimClock } from './clock.ts'
import type { HttpService, ServiceAddress, TlsIdentity } from './http-service.ts'
import { servedVersions, type ServedVersion } from './vcda/vcda-sim-version.ts'
import { startVcdaSimulator, type VcdaSimulator } from './vcda/vcda-simulator.ts'
import type { ZertoProfile } from './zerto/zerto-sim-profile.ts'
import { startZertoSimulator, type ZertoSimulator } from './zerto/zerto-simulator.ts'

interface Address {
  readonly host: string
  /** Of the first site; the second one is on the next port. 0 takes free ones for both. */
  readonly port: number
}

/** Generations of Zerto's sites that can be simulated. */
export const zertoProfiles: readonly ZertoProfile[] = ['zvma', 'windows']
/** Versions of VCDA's appliances that can be simulated, the oldest first. */
export const vcdaVersions: readonly ServedVersion[] = servedVersions

export interface SimulatorOptions {
  /** How many simulated seconds pass in a real one; 0 stands still until the clock is turned. */
  readonly speed: number
  /** The same seed makes the same fleet. */
  readonly seed: number
  /** Protected machines of each vendor. */
  readonly fleetSize: number
  /** @default free ports of 127.0.0.1; so it is for each vendor */
  readonly vcda?: Address
  readonly zerto?: Address
  /** The vendors' APIs speak HTTPS with this. @default plain HTTP */
  readonly tls?: TlsIdentity
  /** Where faults and time are asked for. @default nowhere */
  readonly admin?: { readonly host: string; readonly port: number }
  /** @default 'zvma' */
  readonly zertoProfile?: ZertoProfile
  /** @default '4.7' */
  readonly vcdaVersion?: ServedVersion
}

/** A simulated site in the words of a configuration. */
export interface ConfigurableSite {
  readonly vendor: 'VCDA' | 'ZERTO'
  readonly name: string
  readonly url: string
  /** The site's usual way to sign in: its name in `type`, and what it takes, all of it in cleartext. */
  readonly login: { readonly type: string } & Readonly<Record<string, string>>
}

/** Two paired sites of each vendor, all in one time. */
export interface Simulator extends AsyncDisposable {
  readonly clock: SimClock
  /** Every site of every vendor. */
  readonly sites: readonly ConfigurableSite[]
  readonly vcda: VcdaSimulator
  readonly zerto: ZertoSimulator
  /** Null where none was asked for. */
  readonly admin: HttpService | null
}

const toAdminSites = ({ vcda, zerto }: Pick<Simulator, 'vcda' | 'zerto'>): readonly AdminSite[] => [
  ...vcda.sites.map(({ name, service, login, tenantLogin, ssoLogin, accessTokens }) => ({
    name,
    service,
    product: 'VMware Cloud Director Availability',
    logins: { localUser: login, ssoCredentials: ssoLogin, vcdCredentials: tenantLogin, vcdAccessToken: accessTokens },
  })),
  ...zerto.sites.map(({ name, service, login, clientLogin }) => ({
    name,
    service,
    product: 'Zerto',
    logins: { password: login, ...(zerto.profile === 'zvma' ? { clientCredentials: clientLogin } : {}) },
  })),
]

const toSites = ({ vcda, zerto }: Pick<Simulator, 'vcda' | 'zerto'>): readonly ConfigurableSite[] => [
  ...vcda.sites.map(({ name, service: { url }, login }) => {
    return { vendor: 'VCDA' as const, name, url, login: { type: 'localUser', ...login } }
  }),
  ...zerto.sites.map(({ name, service: { url }, login }) => {
    return { vendor: 'ZERTO' as const, name: name.toLowerCase(), url, login: { type: 'password', ...login } }
  }),
]

const freePorts: Address = { host: '127.0.0.1', port: 0 }

/**
 * Starts the API of every vendor.
 *
 * @throws What listening throws, e.g. EADDRINUSE; nothing stays open then.
 */
export const startSimulator = async (options: SimulatorOptions): Promise<Simulator> => {
  const { speed, seed, fleetSize, tls, zertoProfile = 'zvma', vcdaVersion = '4.7' } = options
  await using stack = new AsyncDisposableStack()
  const clock = createSimClock({ speed })
  const pair = ({ host, port }: Address = freePorts): readonly ServiceAddress[] =>
    [port, port === 0 ? 0 : port + 1].map((own) => ({ host, port: own, ...(tls === undefined ? {} : { tls }) }))
  const fleet = { clock, seed, fleetSize }
  const started = {
    vcda: stack.use(await startVcdaSimulator({ ...fleet, listen: pair(options.vcda), version: vcdaVersion })),
    zerto: stack.use(await startZertoSimulator({ ...fleet, listen: pair(options.zerto), profile: zertoProfile })),
  }
  const address = options.admin
  const admin =
    address === undefined ? null : stack.use(await startAdminService({ address, clock, sites: toAdminSites(started) }))
  const owned = stack.move()
  return { clock, sites: toSites(started), ...started, admin, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** Where the simulated sites are and how to sign in to them, for a person to read. */
export const printSimulator = (simulator: Simulator): string => {
  const products = Map.groupBy(toAdminSites(simulator), ({ product }) => product)
  const lines = [...products].flatMap(([product, sites]) => [
    product,
    ...sites.flatMap(({ service, name, logins }) => [
      `  ${service.url}  ${name}`,
      // Tokens are too long for anybody to type, and stand in what the admin port tells.
      ...Object.entries(logins)
        .filter(([way]) => way !== 'vcdAccessToken')
        .map(([way, login]) => `    ${way}: ${Object.values(login).join(' / ')}`),
    ]),
    '',
  ])
  const admin = simulator.admin === null ? [] : [`Faults and time  ${simulator.admin.url}/_simulator`, '']
  return [...lines, ...admin].join('\n')
}
