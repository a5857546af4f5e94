import { askAtDestination } from '../../actions/listed-field.tsx'
import { ResourceSelect } from '../../start/resource-select.tsx'
import type { OwnFieldsProps } from '../own-fields.ts'
import { VcdaNetworkField } from './vcda-network-field.tsx'
import type { VcdaOwnDraft } from './vcda-own-draft.ts'
import { useStoredNetworks, useVcdaPlaces } from './vcda-places.ts'
import { VcdaPointRows } from './vcda-point-rows.tsx'

type PartProps = Pick<OwnFieldsProps, 'action' | 'target'> & {
  readonly draft: VcdaOwnDraft
  readonly onDraft: (change: Partial<VcdaOwnDraft>) => void
}

const RecoveryFields = ({ action, target, draft, onDraft }: PartProps) => {
  const places = useVcdaPlaces(target.id, false)
  const stored = useStoredNetworks(target.id, false)
  return (
    <>
      {target.isGroup && action !== 'MOVE' && (
        <VcdaPointRows target={target} points={draft.points} onPoints={(points) => onDraft({ points })} />
      )}
      <VcdaNetworkField
        label="Networks"
        stored={action === 'TEST_FAILOVER' ? stored.testFailover : stored.failover}
        target={target}
        places={places}
        value={draft.networks}
        onChange={(networks) => onDraft({ networks })}
      />
    </>
  )
}

const SettingsFields = ({ target, draft, onDraft }: PartProps) => {
  const places = useVcdaPlaces(target.id, false)
  const stored = useStoredNetworks(target.id, false)
  const question = askAtDestination(target, 'STORAGE_PROFILE')
  const { destinationVdcId } = places
  return (
    <>
      {destinationVdcId !== null && question !== null && (
        <ResourceSelect
          label="Storage profile"
          hint="Moves the copies there."
          question={{ ...question, parentVendorId: destinationVdcId }}
          value={draft.storageProfileId}
          emptyLabel="As it is"
          onChange={(storageProfileId) => onDraft({ storageProfileId })}
        />
      )}
      <VcdaNetworkField
        label="Networks of a failover or move"
        stored={stored.failover}
        target={target}
        places={places}
        value={draft.failover}
        onChange={(failover) => onDraft({ failover })}
      />
      <VcdaNetworkField
        label="Networks of a test"
        stored={stored.testFailover}
        target={target}
        places={places}
        value={draft.testFailover}
        onChange={(testFailover) => onDraft({ testFailover })}
      />
      <p className="field-hint">
        One kind of change at a time: the transfer, the owner, the storage profile, or the networks.
      </p>
    </>
  )
}

/** What is more than one field of a recovery or of the settings. */
export const VcdaOwnFields = ({ action, target, drafts, onDrafts }: OwnFieldsProps) => {
  const onDraft = (change: Partial<VcdaOwnDraft>): void => onDrafts({ ...drafts, VCDA: { ...drafts.VCDA, ...change } })
  const part = { action, target, draft: drafts.VCDA, onDraft }
  if (action === 'UPDATE') return <SettingsFields {...part} />
  return ['FAILOVER', 'TEST_FAILOVER', 'MOVE'].includes(action) ? <RecoveryFields {...part} /> : null
}
