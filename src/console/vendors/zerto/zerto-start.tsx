import { useState } from 'react'
import type { ResourceKind, ZertoGroupPriority } from '../../generated/graphql.ts'
import { MachinePicker } from '../../start/machine-picker.tsx'
import { ObjectiveField } from '../../start/objective-field.tsx'
import { ResourceSelect, useResources, type Resource, type ResourceQuestion } from '../../start/resource-select.tsx'
import type { StartSite } from '../../start/start-draft.ts'
import { StartFrame } from '../../start/start-frame.tsx'
import { Card } from '../../ui/card.tsx'
import { Field, NumberInput, RadioGroup, Select, TextInput } from '../../ui/field.tsx'
import { emptyZertoStart, findZertoObstacle, toZertoDraft, type ZertoStartEntry } from './zerto-start-draft.ts'

interface PartProps {
  readonly site: StartSite
  readonly entry: ZertoStartEntry
  readonly onEntry: (change: Partial<ZertoStartEntry>) => void
}

interface WhatPartProps extends PartProps {
  readonly chosen: readonly Resource[]
  readonly onChosen: (chosen: readonly Resource[]) => void
}

const WhatPart = ({ site, entry, onEntry, chosen, onChosen }: WhatPartProps) => (
  <Card title="What">
    <div className="start-fields">
      <Field label="Name of the group" hint="Unique at the vendor.">
        {(control) => (
          <TextInput
            {...control}
            maxLength={80}
            value={entry.name}
            onChange={(event) => onEntry({ name: event.target.value })}
          />
        )}
      </Field>
      <MachinePicker
        legend="Machines"
        question={{ siteId: site.id, kind: 'VM' }}
        isMultiple
        chosen={chosen}
        onChosen={(next) => {
          onChosen(next)
          onEntry({ vmIds: next.map(({ vendorId }) => vendorId) })
        }}
      />
    </div>
  </Card>
)

interface PlaceFieldsProps extends Omit<PartProps, 'site'> {
  readonly at: (kind: ResourceKind, parentVendorId?: string) => ResourceQuestion
}

const VsphereFields = ({ at, entry, onEntry }: PlaceFieldsProps) => (
  <>
    <ResourceSelect
      label="Cluster"
      question={at('CLUSTER')}
      value={entry.clusterId}
      emptyLabel="A host of its own"
      onChange={(clusterId) => onEntry({ clusterId, ...(clusterId !== '' && { hostId: '' }) })}
    />
    {entry.clusterId === '' && (
      <ResourceSelect
        label="Host"
        question={at('HOST')}
        value={entry.hostId}
        onChange={(hostId) => onEntry({ hostId })}
      />
    )}
    <ResourceSelect
      label="Datastore"
      question={at('DATASTORE')}
      value={entry.datastoreId}
      onChange={(datastoreId) => onEntry({ datastoreId })}
    />
    <ResourceSelect
      label="Folder"
      question={at('FOLDER')}
      value={entry.folderId}
      onChange={(folderId) => onEntry({ folderId })}
    />
  </>
)

const CloudFields = ({ at, entry, onEntry }: PlaceFieldsProps) => (
  <>
    <ResourceSelect
      label="Data center of the organisation"
      question={at('DATACENTER')}
      value={entry.vdcId}
      onChange={(vdcId) => onEntry({ vdcId, storagePolicyId: '', failoverNetworkId: '', testNetworkId: '' })}
    />
    <ResourceSelect
      label="Storage policy"
      question={entry.vdcId === '' ? null : at('STORAGE_PROFILE', entry.vdcId)}
      value={entry.storagePolicyId}
      emptyLabel="As the data center has it (default)"
      onChange={(storagePolicyId) => onEntry({ storagePolicyId })}
    />
  </>
)

const NetworkFields = ({ at, entry, onEntry }: PlaceFieldsProps) => {
  const question = entry.isToCloud ? (entry.vdcId === '' ? null : at('NETWORK', entry.vdcId)) : at('NETWORK')
  return (
    <>
      <ResourceSelect
        label="Network after a failover or move"
        question={question}
        value={entry.failoverNetworkId}
        onChange={(failoverNetworkId) => onEntry({ failoverNetworkId })}
      />
      <ResourceSelect
        label="Network of tests"
        question={question}
        value={entry.testNetworkId}
        onChange={(testNetworkId) => onEntry({ testNetworkId })}
      />
    </>
  )
}

const WherePart = ({ site, entry, onEntry }: PartProps) => {
  const at = (kind: ResourceKind, parentVendorId?: string): ResourceQuestion => ({
    siteId: site.id,
    kind,
    atSiteId: entry.recoverySiteId,
    ...(parentVendorId !== undefined && { parentVendorId }),
  })
  // A site without a Cloud Director lists no data centers of organisations.
  const hasCloud = useResources(entry.recoverySiteId === '' ? null : at('DATACENTER')).nodes.length > 0
  const goElsewhere = (recoverySiteId: string, isToCloud: boolean): void => {
    const { name, vmIds, objective, journalHistoryHours, priority } = entry
    const kept = { name, vmIds, objective, journalHistoryHours, priority }
    onEntry({ ...emptyZertoStart(site), ...kept, recoverySiteId, isToCloud })
  }
  const part = { at, entry, onEntry }
  return (
    <Card title="Where to">
      <div className="start-fields">
        {hasCloud && (
          <RadioGroup
            legend="Recovered to"
            value={entry.isToCloud ? 'CLOUD' : 'VSPHERE'}
            onChange={(kind) => goElsewhere(entry.recoverySiteId, kind === 'CLOUD')}
            options={[
              { value: 'VSPHERE', label: 'vSphere' },
              { value: 'CLOUD', label: 'Cloud Director', hint: 'It chooses hosts and folders itself.' },
            ]}
          />
        )}
        <div className="start-grid">
          <Field label="Recovery site">
            {(control) => (
              <Select
                {...control}
                value={entry.recoverySiteId}
                onChange={(event) => goElsewhere(event.target.value, false)}
                options={site.peers.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
          </Field>
          {entry.isToCloud ? <CloudFields {...part} /> : <VsphereFields {...part} />}
          <NetworkFields {...part} />
        </div>
      </div>
    </Card>
  )
}

const priorities: readonly { readonly value: ZertoGroupPriority; readonly label: string }[] = [
  { value: 'HIGH', label: 'High' },
  { value: 'MEDIUM', label: 'Medium (default)' },
  { value: 'LOW', label: 'Low' },
]

const HowPart = ({ site, entry, onEntry }: PartProps) => (
  <Card title="How">
    <div className="start-grid">
      <ObjectiveField
        siteId={site.id}
        defaultMinutes={5}
        value={entry.objective}
        onChange={(objective) => onEntry({ objective })}
      />
      {entry.objective.profileId === '' && (
        <Field label="Journal history, hours" hint="How far back one can recover. Default: 24 hours.">
          {(control) => (
            <NumberInput
              {...control}
              min={1}
              max={720}
              placeholder="24"
              value={entry.journalHistoryHours ?? ''}
              onChange={(event) =>
                onEntry({ journalHistoryHours: event.target.value === '' ? null : event.target.valueAsNumber })
              }
            />
          )}
        </Field>
      )}
      <Field label="Priority" hint="Whose data goes first.">
        {(control) => (
          <Select
            {...control}
            value={entry.priority}
            onChange={(event) =>
              onEntry({ priority: priorities.find(({ value }) => value === event.target.value)?.value ?? 'MEDIUM' })
            }
            options={priorities}
          />
        )}
      </Field>
    </div>
  </Card>
)

/** Makes a new group of machines of a vCenter, recovered to vSphere or to Cloud Director. */
export const ZertoStart = ({ site }: { readonly site: StartSite }) => {
  const [entry, setEntry] = useState(() => emptyZertoStart(site))
  const [chosen, setChosen] = useState<readonly Resource[]>([])
  const onEntry = (change: Partial<ZertoStartEntry>): void => setEntry((known) => ({ ...known, ...change }))
  return (
    <StartFrame draft={toZertoDraft(site, entry)} obstacle={findZertoObstacle(entry)}>
      <WhatPart site={site} entry={entry} onEntry={onEntry} chosen={chosen} onChosen={setChosen} />
      <WherePart site={site} entry={entry} onEntry={onEntry} />
      <HowPart site={site} entry={entry} onEntry={onEntry} />
    </StartFrame>
  )
}
