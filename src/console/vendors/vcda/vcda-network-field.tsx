import { useId } from 'react'
import type { ActTarget } from '../../actions/act-target.ts'
import { askAtDestination } from '../../actions/listed-field.tsx'
import type { VcdaNetworkInput } from '../../generated/graphql.ts'
import { useResources, type Resource, type ResourceQuestion } from '../../start/resource-select.tsx'
import { Field, Select } from '../../ui/field.tsx'
import type { VcdaNetworkDraft, VcdaNetworkMode } from './vcda-own-draft.ts'
import type { VcdaPlaces } from './vcda-places.ts'

const modes: readonly { readonly value: VcdaNetworkMode; readonly label: string; readonly needsCloud: boolean }[] = [
  { value: 'STORED', label: 'As stored (default)', needsCloud: false },
  { value: 'SOURCE', label: 'Copy the networks of the source', needsCloud: false },
  { value: 'ONE', label: 'All machines on one network', needsCloud: true },
  { value: 'MAPPED', label: 'One for each network of the source', needsCloud: true },
  { value: 'MACHINES', label: 'Machine by machine', needsCloud: true },
]

const addressings: readonly { readonly value: VcdaNetworkDraft['addressing']; readonly label: string }[] = [
  { value: 'DHCP', label: 'From a DHCP server' },
  { value: 'POOL', label: 'From the pool of the network' },
  { value: 'NONE', label: 'None' },
]

interface RowsProps {
  readonly caption: string
  readonly emptyLabel: string
  readonly rows: readonly { readonly key: string; readonly name: string; readonly value: string }[]
  readonly networks: readonly Resource[]
  readonly onChoose: (key: string, network: VcdaNetworkInput | null) => void
}

const findNetwork = (networks: readonly Resource[], id: string): VcdaNetworkInput | null => {
  const found = networks.find(({ vendorId }) => vendorId === id)
  return found === undefined ? null : { id: found.vendorId, name: found.name }
}

const toOptions = (networks: readonly Resource[], emptyLabel: string) => [
  { value: '', label: emptyLabel },
  ...networks.map(({ vendorId, name }) => ({ value: vendorId, label: name })),
]

/** A network for each of a list of names. */
const NetworkRows = ({ caption, emptyLabel, rows, networks, onChoose }: RowsProps) => {
  const id = useId()
  return (
    <ul className="actions-rows" aria-label={caption}>
      {rows.map(({ key, name, value }) => (
        <li key={key}>
          <label htmlFor={`${id}-${key}`}>{name}</label>
          <Select
            id={`${id}-${key}`}
            value={value}
            onChange={(event) => onChoose(key, findNetwork(networks, event.target.value))}
            options={toOptions(networks, emptyLabel)}
          />
        </li>
      ))}
    </ul>
  )
}

interface VcdaNetworkFieldProps {
  readonly label: string
  /** What is stored now, in words. */
  readonly stored: string | null
  readonly target: ActTarget
  readonly places: VcdaPlaces
  readonly value: VcdaNetworkDraft
  readonly onChange: (value: VcdaNetworkDraft) => void
}

const askAtSource = ({ siteId, sourceSiteId }: ActTarget, parentVendorId: string): ResourceQuestion | null =>
  siteId === null
    ? null
    : { siteId, kind: 'NETWORK', parentVendorId, ...(sourceSiteId !== siteId && { atSiteId: sourceSiteId }) }

const MappedRows = ({ target, places, value, onChange, networks }: PartProps) => {
  const { sourceVdcId } = places
  const { nodes, isAsking, problem } = useResources(sourceVdcId === null ? null : askAtSource(target, sourceVdcId))
  if (problem !== null) return <p className="field-error">{problem}</p>
  if (nodes.length === 0) {
    return <p className="field-hint">{isAsking ? 'Asking the source…' : 'The source tells of no networks.'}</p>
  }
  const choose = (key: string, destination: VcdaNetworkInput | null): void => {
    const { [key]: _former, ...others } = value.mappings
    const source = findNetwork(nodes, key)
    onChange({
      ...value,
      mappings: destination === null || source === null ? others : { ...others, [key]: { source, destination } },
    })
  }
  return (
    <NetworkRows
      caption="Networks of the source"
      emptyLabel="None in its place"
      networks={networks}
      rows={nodes.map(({ vendorId, name }) => ({
        key: vendorId,
        name,
        value: value.mappings[vendorId]?.destination.id ?? '',
      }))}
      onChoose={choose}
    />
  )
}

interface PartProps extends Pick<VcdaNetworkFieldProps, 'target' | 'places' | 'value' | 'onChange'> {
  readonly networks: readonly Resource[]
}

const MachineRows = ({ places, value, onChange, networks }: PartProps) => (
  <>
    <NetworkRows
      caption="Networks of the machines"
      emptyLabel="Not connected"
      networks={networks}
      rows={places.machines.map(({ vmId, name }) => ({ key: vmId, name, value: value.machines[vmId]?.id ?? '' }))}
      onChoose={(vmId, network) => onChange({ ...value, machines: { ...value.machines, [vmId]: network } })}
    />
    <Field label="Addresses" hint="Of the first adapter of each machine.">
      {(control) => (
        <Select
          {...control}
          value={value.addressing}
          onChange={(event) =>
            onChange({
              ...value,
              addressing: addressings.find((known) => known.value === event.target.value)?.value ?? 'DHCP',
            })
          }
          options={addressings}
        />
      )}
    </Field>
  </>
)

const ModeParts = (props: PartProps) => {
  const { value, onChange, networks } = props
  switch (value.mode) {
    case 'ONE':
      return (
        <Field label="Network">
          {(control) => (
            <Select
              {...control}
              value={value.network?.id ?? ''}
              onChange={(event) => onChange({ ...value, network: findNetwork(networks, event.target.value) })}
              options={toOptions(networks, 'Choose')}
            />
          )}
        </Field>
      )
    case 'MAPPED':
      return <MappedRows {...props} />
    case 'MACHINES':
      return <MachineRows {...props} />
    default:
      return null
  }
}

/** On which networks of the destination the machines land. */
export const VcdaNetworkField = (props: VcdaNetworkFieldProps) => {
  const { label, stored, target, places, value, onChange } = props
  const { destinationVdcId, machines } = places
  const question = askAtDestination(target, 'NETWORK')
  const isOpen = value.mode !== 'STORED' && value.mode !== 'SOURCE'
  const { nodes, problem } = useResources(
    destinationVdcId === null || question === null || !isOpen
      ? null
      : { ...question, parentVendorId: destinationVdcId },
  )
  const offered = modes.filter(({ needsCloud }) => destinationVdcId !== null || !needsCloud)
  const choose = (mode: VcdaNetworkMode): void =>
    onChange({
      ...value,
      mode,
      // Each machine is said, so that none lands where nobody has looked.
      machines:
        mode === 'MACHINES' ? Object.fromEntries(machines.map(({ vmId }) => [vmId, value.machines[vmId] ?? null])) : {},
    })
  return (
    <fieldset className="actions-own">
      <Field
        label={label}
        {...(value.mode === 'STORED' && { hint: stored ?? 'What is stored with it for this purpose.' })}
        error={problem}
      >
        {(control) => (
          <Select
            {...control}
            value={value.mode}
            onChange={(event) => choose(modes.find((known) => known.value === event.target.value)?.value ?? 'STORED')}
            options={offered}
          />
        )}
      </Field>
      <ModeParts target={target} places={places} value={value} onChange={onChange} networks={nodes} />
    </fieldset>
  )
}
