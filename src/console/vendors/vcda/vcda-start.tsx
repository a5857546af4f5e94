import { useState } from 'react'
import { useQuery } from '../../app/gateway.tsx'
import { VcdaCustomersDocument, type VcdaDataConnectionType } from '../../generated/graphql.ts'
import { MachinePicker } from '../../start/machine-picker.tsx'
import { ObjectiveField } from '../../start/objective-field.tsx'
import { ResourceSelect, useResources, type Resource, type ResourceQuestion } from '../../start/resource-select.tsx'
import type { StartSite } from '../../start/start-draft.ts'
import { StartFrame } from '../../start/start-frame.tsx'
import { Card } from '../../ui/card.tsx'
import { Checkbox, Field, RadioGroup, Select, TextInput } from '../../ui/field.tsx'
import {
  emptyVcdaStart,
  findVcdaObstacle,
  isFromVcenter,
  listDestinations,
  toVcdaDraft,
  type NamedSite,
  type VcdaStartEntry,
  type VcdaWorkKind,
} from './vcda-start-draft.ts'

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
  readonly vcenters: readonly Resource[]
  readonly customers: readonly NamedSite[]
}

const kinds: readonly { readonly value: VcdaWorkKind; readonly label: string; readonly isVcenter: boolean }[] = [
  { value: 'VM', label: 'One machine of Cloud Director', isVcenter: false },
  { value: 'VAPP', label: 'A whole vApp of Cloud Director, as one group', isVcenter: false },
  { value: 'VCENTER_VM', label: 'One machine of a vCenter', isVcenter: true },
  { value: 'VCENTER_VMS', label: 'Several machines of a vCenter, as one group', isVcenter: true },
]

/** What of the place depends on what is replicated, and is chosen anew with it. */
const nowhere = { vdcId: '', storageProfileId: '' }

const VcenterFields = ({ entry, onEntry, onChosen, vcenters }: WorkPartProps) => {
  const choose = (vcenterId: string): void => {
    const vcenter = vcenters.find(({ vendorId }) => vendorId === vcenterId)
    onEntry({ vcenterId, vcenterSiteName: vcenter?.parentVendorId ?? '', workIds: [] })
    onChosen([])
  }
  return (
    <div className="start-grid">
      <Field label="vCenter" hint="Of a customer whose site is paired with this cloud.">
        {(control) => (
          <Select
            {...control}
            value={entry.vcenterId}
            onChange={(event) => choose(event.target.value)}
            options={[
              { value: '', label: 'Choose' },
              ...vcenters.map(({ vendorId, name, parentVendorId }) => ({
                value: vendorId,
                label: [parentVendorId, name].filter((word) => word !== null).join(', '),
              })),
            ]}
          />
        )}
      </Field>
      <Field label="Name of the vApp" hint="That a recovery makes of it.">
        {(control) => (
          <TextInput
            {...control}
            maxLength={128}
            value={entry.vappName}
            onChange={(event) => onEntry({ vappName: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}

const toPickerQuestion = (
  site: StartSite,
  entry: VcdaStartEntry,
  customers: readonly NamedSite[],
): ResourceQuestion | null => {
  if (!isFromVcenter(entry)) return { siteId: site.id, kind: entry.what === 'VAPP' ? 'VAPP' : 'VM' }
  const customer = customers.find(({ name }) => name === entry.vcenterSiteName)
  return entry.vcenterId === '' || customer === undefined
    ? null
    : { siteId: site.id, kind: 'VM', atSiteId: customer.id, parentVendorId: entry.vcenterId }
}

const WorkPart = (props: WorkPartProps) => {
  const { site, entry, onEntry, chosen, onChosen, vcenters, customers } = props
  const chooseKind = (value: string): void => {
    const what = kinds.find((kind) => kind.value === value)?.value ?? 'VM'
    const [first] = listDestinations(site, { what }, customers)
    onEntry({ what, workIds: [], destinationId: first?.id ?? '', isToVcenter: false, ...nowhere })
    onChosen([])
  }
  return (
    <Card title="What">
      <div className="start-fields">
        <RadioGroup
          legend="Kind"
          value={entry.what}
          onChange={chooseKind}
          options={kinds.filter(({ isVcenter }) => !isVcenter || vcenters.length > 0)}
        />
        {isFromVcenter(entry) && <VcenterFields {...props} />}
        <MachinePicker
          key={`${entry.what} ${entry.vcenterId}`}
          legend={entry.what === 'VAPP' ? 'vApp' : entry.what === 'VCENTER_VMS' ? 'Machines' : 'Machine'}
          question={toPickerQuestion(site, entry, customers)}
          isMultiple={entry.what === 'VCENTER_VMS'}
          chosen={chosen}
          onChosen={(next) => {
            onChosen(next)
            onEntry({
              workIds: next.map(({ vendorId }) => vendorId),
              ...(!isFromVcenter(entry) && nowhere),
              ...(entry.vappName === '' && isFromVcenter(entry) && { vappName: next[0]?.name ?? '' }),
            })
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
}

interface DestinationPartProps extends PartProps {
  readonly organization: string | null
  readonly customers: readonly NamedSite[]
}

const DestinationPart = ({ site, entry, onEntry, organization, customers }: DestinationPartProps) => {
  const at = { siteId: site.id, ...(entry.destinationId !== site.id && { atSiteId: entry.destinationId }) }
  const destinations = listDestinations(site, entry, customers)
  const choose = (destinationId: string): void =>
    onEntry({ destinationId, isToVcenter: customers.some(({ id }) => id === destinationId), ...nowhere })
  return (
    <Card title="Where to">
      <div className="start-grid">
        <Field
          label="Destination"
          {...(entry.isToVcenter && { hint: 'A vCenter of a customer: it has no virtual data centers.' })}
        >
          {(control) => (
            <Select
              {...control}
              value={entry.destinationId}
              onChange={(event) => choose(event.target.value)}
              options={destinations.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Field>
        {!entry.isToVcenter && (
          <>
            <ResourceSelect
              label="Virtual data center"
              hint="Of the organisation that owns it."
              question={entry.workIds.length === 0 ? null : { ...at, kind: 'DATACENTER' }}
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
          </>
        )}
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

/** Sites of customers, whose vCenters are a source and a destination. */
const useCustomers = (siteId: string): readonly NamedSite[] => {
  const node = useQuery(VcdaCustomersDocument, { id: siteId }).data?.node
  const details = node !== null && node !== undefined && 'siteDetails' in node ? node.siteDetails : null
  return details !== null && 'customerSites' in details ? (details.customerSites ?? []) : []
}

/** Replicates machines or a vApp of Cloud Director, or machines of a customer's vCenter, to another site. */
export const VcdaStart = ({ site }: { readonly site: StartSite }) => {
  const [entry, setEntry] = useState(() => emptyVcdaStart(site))
  const [chosen, setChosen] = useState<readonly Resource[]>([])
  const onEntry = (change: Partial<VcdaStartEntry>): void => setEntry((known) => ({ ...known, ...change }))
  const { nodes: vcenters } = useResources({ siteId: site.id, kind: 'VCENTER' })
  const customers = useCustomers(site.id)
  const part = { site, entry, onEntry }
  return (
    <StartFrame draft={toVcdaDraft(site, entry, customers)} obstacle={findVcdaObstacle(entry)}>
      <WorkPart {...part} chosen={chosen} onChosen={setChosen} vcenters={vcenters} customers={customers} />
      <DestinationPart {...part} organization={chosen[0]?.organization ?? null} customers={customers} />
      <HowPart {...part} />
    </StartFrame>
  )
}
