import { useState } from 'react'
import type { VcdaDataConnectionType } from '../../generated/graphql.ts'
import { MachinePicker } from '../../start/machine-picker.tsx'
import { ObjectiveField } from '../../start/objective-field.tsx'
import { ResourceSelect, type Resource } from '../../start/resource-select.tsx'
import type { StartSite } from '../../start/start-draft.ts'
import { StartFrame } from '../../start/start-frame.tsx'
import { Card } from '../../ui/card.tsx'
import { Checkbox, Field, RadioGroup, Select, TextInput } from '../../ui/field.tsx'
import { emptyVcdaStart, findVcdaObstacle, toVcdaDraft, type VcdaStartEntry } from './vcda-start-draft.ts'

const connections: readonly { readonly value: VcdaDataConnectionType | ''; readonly label: string }[] = [
  { value: '', label: 'As the profile says, else encrypted and compressed (default)' },
  { value: 'ENCRYPTED_COMPRESSED', label: 'Encrypted and compressed' },
  { value: 'ENCRYPTED', label: 'Encrypted' },
  { value: 'PLAIN', label: 'Plain' },
]

interface PartProps {
  readonly site: StartSite
  readonly entry: VcdaStartEntry
  readonly onEntry: (change: Partial<VcdaStartEntry>) => void
}

interface WorkPartProps extends PartProps {
  readonly chosen: readonly Resource[]
  readonly onChosen: (chosen: readonly Resource[]) => void
}

const WorkPart = ({ site, entry, onEntry, chosen, onChosen }: WorkPartProps) => (
  <Card title="What">
    <div className="start-fields">
      <RadioGroup
        legend="Kind"
        value={entry.what}
        onChange={(what) => {
          onEntry({ what: what === 'VAPP' ? 'VAPP' : 'VM', workId: '' })
          onChosen([])
        }}
        options={[
          { value: 'VM', label: 'One machine' },
          { value: 'VAPP', label: 'A whole vApp, as one group' },
        ]}
      />
      <MachinePicker
        key={entry.what}
        legend={entry.what === 'VM' ? 'Machine' : 'vApp'}
        siteId={site.id}
        kind={entry.what}
        isMultiple={false}
        chosen={chosen}
        onChosen={(next) => {
          onChosen(next)
          onEntry({ workId: next[0]?.vendorId ?? '', vdcId: '', storageProfileId: '' })
        }}
      />
      <RadioGroup
        legend="Purpose"
        value={entry.isMigration ? 'MIGRATION' : 'PROTECTION'}
        onChange={(purpose) => onEntry({ isMigration: purpose === 'MIGRATION' })}
        options={[
          { value: 'PROTECTION', label: 'Protect (default)', hint: 'Copies go on, to fail over at any time.' },
          { value: 'MIGRATION', label: 'Migrate', hint: 'Copies once, to move for good.' },
        ]}
      />
    </div>
  </Card>
)

const DestinationPart = ({
  site,
  entry,
  onEntry,
  organization,
}: PartProps & { readonly organization: string | null }) => {
  const at = { siteId: site.id, atSiteId: entry.destinationId }
  return (
    <Card title="Where to">
      <div className="start-grid">
        <Field label="Destination">
          {(control) => (
            <Select
              {...control}
              value={entry.destinationId}
              onChange={(event) => onEntry({ destinationId: event.target.value, vdcId: '', storageProfileId: '' })}
              options={site.peers.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Field>
        <ResourceSelect
          label="Virtual data center"
          hint="Of the organisation that owns it."
          question={entry.workId === '' ? null : { ...at, kind: 'DATACENTER' }}
          value={entry.vdcId}
          matches={(vdc) => organization === null || vdc.organization === organization}
          onChange={(vdcId) => onEntry({ vdcId, storageProfileId: '' })}
        />
        <ResourceSelect
          label="Storage profile"
          question={entry.vdcId === '' ? null : { ...at, kind: 'STORAGE_PROFILE', parentVendorId: entry.vdcId }}
          value={entry.storageProfileId}
          emptyLabel="Any (default)"
          onChange={(storageProfileId) => onEntry({ storageProfileId })}
        />
      </div>
    </Card>
  )
}

const HowPart = ({ site, entry, onEntry }: PartProps) => (
  <Card title="How">
    <div className="start-grid">
      {!entry.isMigration && (
        <ObjectiveField
          siteId={site.id}
          defaultMinutes={null}
          value={entry.objective}
          onChange={(objective) => onEntry({ objective })}
        />
      )}
      <Field label="Data connection">
        {(control) => (
          <Select
            {...control}
            value={entry.connection}
            onChange={(event) =>
              onEntry({ connection: connections.find(({ value }) => value === event.target.value)?.value ?? '' })
            }
            options={connections}
          />
        )}
      </Field>
      <Checkbox
        label="Quiet the guest"
        hint="Before each recovery point is taken. Default: as the profile says, else off."
        checked={entry.isQuiesced}
        onChange={(isQuiesced) => onEntry({ isQuiesced })}
      />
      <Field label="Description">
        {(control) => (
          <TextInput
            {...control}
            maxLength={255}
            value={entry.description}
            onChange={(event) => onEntry({ description: event.target.value })}
          />
        )}
      </Field>
    </div>
  </Card>
)

/** Replicates a machine or a vApp of Cloud Director to another site. */
export const VcdaStart = ({ site }: { readonly site: StartSite }) => {
  const [entry, setEntry] = useState(() => emptyVcdaStart(site))
  const [chosen, setChosen] = useState<readonly Resource[]>([])
  const onEntry = (change: Partial<VcdaStartEntry>): void => setEntry((known) => ({ ...known, ...change }))
  return (
    <StartFrame draft={toVcdaDraft(site, entry)} obstacle={findVcdaObstacle(entry)}>
      <WorkPart site={site} entry={entry} onEntry={onEntry} chosen={chosen} onChosen={setChosen} />
      <DestinationPart site={site} entry={entry} onEntry={onEntry} organization={chosen[0]?.organization ?? null} />
      <HowPart site={site} entry={entry} onEntry={onEntry} />
    </StartFrame>
  )
}
