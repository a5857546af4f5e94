import { lookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/**
 * Where a configured site may not be. Its url comes from the configuration, but what its name stands for comes from a
 * name service, which somebody else may run: a name must not lead the login of a site to this machine, to whatever is on
 * the same wire, or to a service that hands out the secrets of a cloud.
 */
interface Place {
  readonly what: string
  /** Whether `allowLocalAddresses` of the site allows it. */
  readonly isAllowable: boolean
  readonly addresses: BlockList
}

type Subnet = readonly [address: string, prefix: number]

const toPlace = (what: string, isAllowable: boolean, four: readonly Subnet[], six: readonly Subnet[]): Place => {
  const addresses = new BlockList()
  for (const [address, prefix] of four) {
    // A rule for IPv4 holds for ::ffff:0:0/96 as well, but not for what a NAT64 gateway leads to.
    addresses.addSubnet(address, prefix, 'ipv4')
    addresses.addSubnet(`64:ff9b::${address}`, 96 + prefix, 'ipv6')
  }
  for (const [address, prefix] of six) addresses.addSubnet(address, prefix, 'ipv6')
  return { what, isAllowable, addresses }
}

const loopback = toPlace('a loopback address', true, [['127.0.0.0', 8]], [['::1', 128]])

// The first that holds is told. Ranges: the special-purpose address registries of IANA (RFC 6890).
const places: readonly Place[] = [
  toPlace(
    'the metadata service of a cloud',
    false,
    [
      // AWS, Azure, Google, Oracle and others; AWS for containers; Alibaba; Azure's host; Oracle's former one.
      ['169.254.169.254', 32],
      ['169.254.170.2', 32],
      ['169.254.170.23', 32],
      ['100.100.100.200', 32],
      ['168.63.129.16', 32],
      ['192.0.0.192', 32],
    ],
    [
      ['fd00:ec2::', 32],
      ['fd20:ce::254', 128],
    ],
  ),
  loopback,
  toPlace('a link-local address', true, [['169.254.0.0', 16]], [['fe80::', 10]]),
  toPlace('no address of a host', false, [['0.0.0.0', 8]], [['::', 128]]),
  toPlace(
    'a multicast or reserved address',
    false,
    [
      ['224.0.0.0', 4],
      ['240.0.0.0', 4],
    ],
    [['ff00::', 8]],
  ),
]

const findPlace = (address: string): Place | null => {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  return places.find(({ addresses }) => addresses.check(address, family)) ?? null
}

const hostOf = ({ hostname }: URL): string => hostname.replaceAll(/^\[|\]$/g, '')

/** The machine itself, by the name that means nothing else (RFC 6761). */
const isLocalhost = (host: string): boolean => /^(?:.+\.)?localhost\.?$/i.test(host)

const isRefused = ({ isAllowable }: Place, allowLocalAddresses: boolean): boolean =>
  !isAllowable || !allowLocalAddresses

const advise = ({ isAllowable }: Place): string =>
  isAllowable ? ', which is refused unless the site has allowLocalAddresses: true' : ', where no site can be'

/**
 * Why a site cannot be at the address that its url is, null where it can. A loopback address that is written there, or
 * `localhost`, is meant. A name is not looked at here: {@link makeLookup} does, at each connection.
 */
export const findAddressRefusal = (url: URL, allowLocalAddresses: boolean): string | null => {
  const host = hostOf(url)
  const place = isIP(host) === 0 ? null : findPlace(host)
  if (place === null || place === loopback || !isRefused(place, allowLocalAddresses)) return null
  return `${host} is ${place.what}${advise(place)}`
}

/** Finds all addresses of a name. */
export type Resolve = (
  name: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/**
 * How the name of a site is looked up for a connection: the connection goes to one of the addresses that were looked at
 * here, so a name that means another one a moment later leads nowhere else. Addresses where the site may not be are left
 * out, and with none left the lookup fails.
 */
export const makeLookup = (url: URL, allowLocalAddresses: boolean, resolve: Resolve = lookup): LookupFunction => {
  const mayBeHere = isLocalhost(hostOf(url))
  const findRefusal = (address: string): Place | null => {
    const place = findPlace(address)
    if (place === null || (place === loopback && mayBeHere)) return null
    return isRefused(place, allowLocalAddresses) ? place : null
  }
  return (name, options, callback) => {
    resolve(name, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, [])
      const refusals = found.map(({ address }) => findRefusal(address))
      const addresses = found.filter((_address, index) => refusals[index] === null)
      const [first] = addresses
      const place = refusals.find((refusal) => refusal !== null)
      if (first === undefined && place !== undefined) {
        // Without a code, as undici tries again for ever where a connector fails with one of its own.
        return callback(new Error(`${name} is found at ${place.what}${advise(place)}`), [])
      }
      if (options.all === true || first === undefined) return callback(null, addresses)
      return callback(null, first.address, first.family)
    })
  }
}
