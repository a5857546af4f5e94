import type { Action, ZertoGroupVmInput, ZertoUpdateOptions } from '../../generated/graphql.ts'

/** Networks of one card of a machine; empty leaves what holds. */
export interface ZertoCardDraft {
  readonly vmId: string
  readonly nicId: string
  readonly failoverNetworkId: string
  readonly testNetworkId: string
}

/** What was entered beside the plain options. */
export interface ZertoOwnDraft {
  /** The organisation's data center, where the group is recovered to Cloud Director; else empty. */
  readonly vdcId: string
  /** Of the whole group; empty leaves what holds. */
  readonly failoverNetworkId: string
  readonly testNetworkId: string
  /** By machine and card. */
  readonly cards: Readonly<Record<string, ZertoCardDraft>>
}

export const emptyZertoDraft: ZertoOwnDraft = { vdcId: '', failoverNetworkId: '', testNetworkId: '', cards: {} }

const toGroupNetworks = ({ vdcId, failoverNetworkId, testNetworkId }: ZertoOwnDraft): ZertoUpdateOptions =>
  vdcId === ''
    ? { ...(failoverNetworkId !== '' && { failoverNetworkId }), ...(testNetworkId !== '' && { testNetworkId }) }
    : {
        ...(failoverNetworkId !== '' && { failoverVcdNetwork: { defaultNetworkId: failoverNetworkId } }),
        ...(testNetworkId !== '' && { testVcdNetwork: { defaultNetworkId: testNetworkId } }),
      }

const toMachines = ({ vdcId, cards }: ZertoOwnDraft): readonly ZertoGroupVmInput[] => {
  const toNetwork = (networkId: string) => (vdcId === '' ? { networkId } : { vcd: { networkId } })
  const changed = Object.values(cards).filter(
    ({ failoverNetworkId, testNetworkId }) => failoverNetworkId !== '' || testNetworkId !== '',
  )
  return [...Map.groupBy(changed, ({ vmId }) => vmId)].map(([vmId, own]) => ({
    vmId,
    nics: own.map(({ nicId, failoverNetworkId, testNetworkId }) => ({
      nicId,
      ...(failoverNetworkId !== '' && { failover: toNetwork(failoverNetworkId) }),
      ...(testNetworkId !== '' && { test: toNetwork(testNetworkId) }),
    })),
  }))
}

/** Members of ZertoUpdateOptions: this vendor stores networks with the group, and asks for none at a recovery. */
export const toZertoOwnOptions = (
  action: Action,
  draft: ZertoOwnDraft,
): { readonly members: Readonly<Record<string, unknown>>; readonly problem: string | null } => {
  if (action !== 'UPDATE') return { members: {}, problem: null }
  const changeVms = toMachines(draft)
  return { members: { ...toGroupNetworks(draft), ...(changeVms.length > 0 && { changeVms }) }, problem: null }
}
