import { useId } from 'react'
import type { ActTarget } from '../../actions/act-target.ts'
import { askAtDestination } from '../../actions/listed-field.tsx'
import { useQuery } from '../../app/gateway.tsx'
import { ZertoCardsDocument, type ZertoCardsQuery } from '../../generated/graphql.ts'
import { ResourceSelect, useResources, type Resource } from '../../start/resource-select.tsx'
import { Select } from '../../ui/field.tsx'
import type { OwnFieldsProps } from '../own-fields.ts'
import type { ZertoCardDraft, ZertoOwnDraft } from './zerto-own-draft.ts'

/** The vendor's word for a group that is recovered to Cloud Director. */
const cloudEntity = 'VCDvApp'

interface Card extends Pick<ZertoCardDraft, 'vmId' | 'nicId'> {
  readonly key: string
  readonly name: string
}

const findGroup = (data: ZertoCardsQuery | null) => {
  const node = data?.node
  return node !== null && node !== undefined && 'replications' in node ? node : null
}

const listCards = (data: ZertoCardsQuery | null): readonly Card[] =>
  (findGroup(data)?.replications.nodes ?? []).flatMap(({ name, details }) =>
    'nicIds' in details
      ? details.nicIds.map((nicId) => ({
          key: `${details.vmIdentifier} ${nicId}`,
          name: details.nicIds.length > 1 ? `${name}, ${nicId}` : name,
          vmId: details.vmIdentifier,
          nicId,
        }))
      : [],
  )

const isCloudGroup = (data: ZertoCardsQuery | null): boolean => {
  const details = findGroup(data)?.groupDetails
  return details !== undefined && 'recoveryEntity' in details && details.recoveryEntity === cloudEntity
}

interface PartProps {
  readonly target: ActTarget
  readonly draft: ZertoOwnDraft
  readonly onDraft: (change: Partial<ZertoOwnDraft>) => void
}

interface CardRowsProps extends PartProps {
  readonly cards: readonly Card[]
  readonly networks: readonly Resource[]
}

const CardRows = ({ cards, networks, draft, onDraft }: CardRowsProps) => {
  const id = useId()
  const options = [
    { value: '', label: 'As it is' },
    ...networks.map(({ vendorId, name }) => ({ value: vendorId, label: name })),
  ]
  const choose = ({ key, vmId, nicId }: Card, change: Partial<ZertoCardDraft>): void => {
    const known = draft.cards[key] ?? { vmId, nicId, failoverNetworkId: '', testNetworkId: '' }
    onDraft({ cards: { ...draft.cards, [key]: { ...known, ...change } } })
  }
  return (
    <details className="actions-own">
      <summary>Networks, machine by machine</summary>
      <ul className="actions-rows actions-rows-two" aria-label="Networks of the machines">
        <li aria-hidden="true" className="muted">
          <span>Machine</span>
          <span>After a failover or move</span>
          <span>In tests</span>
        </li>
        {cards.map((card) => (
          <li key={card.key}>
            <span id={`${id}-${card.key}`}>{card.name}</span>
            <Select
              aria-label={`Network of ${card.name} after a failover or move`}
              value={draft.cards[card.key]?.failoverNetworkId ?? ''}
              onChange={(event) => choose(card, { failoverNetworkId: event.target.value })}
              options={options}
            />
            <Select
              aria-label={`Network of ${card.name} in tests`}
              value={draft.cards[card.key]?.testNetworkId ?? ''}
              onChange={(event) => choose(card, { testNetworkId: event.target.value })}
              options={options}
            />
          </li>
        ))}
      </ul>
    </details>
  )
}

const NetworkFields = ({ target, draft, onDraft }: PartProps) => {
  const { data } = useQuery(ZertoCardsDocument, { id: target.id })
  const isCloud = isCloudGroup(data)
  const question = askAtDestination(target, 'NETWORK')
  const isReady = question !== null && data !== null && (!isCloud || draft.vdcId !== '')
  const asked = isReady ? { ...question, ...(isCloud && { parentVendorId: draft.vdcId }) } : null
  const { nodes } = useResources(asked)
  const cards = listCards(data)
  return (
    <>
      {isCloud && (
        <ResourceSelect
          label="Data center of the organisation"
          hint="Its networks can be chosen."
          question={askAtDestination(target, 'DATACENTER')}
          value={draft.vdcId}
          emptyLabel="Leave the networks as they are"
          onChange={(vdcId) => onDraft({ vdcId, failoverNetworkId: '', testNetworkId: '', cards: {} })}
        />
      )}
      <ResourceSelect
        label="Network after a failover or move"
        question={asked}
        value={draft.failoverNetworkId}
        emptyLabel="As it is"
        onChange={(failoverNetworkId) => onDraft({ failoverNetworkId })}
      />
      <ResourceSelect
        label="Network of tests"
        question={asked}
        value={draft.testNetworkId}
        emptyLabel="As it is"
        onChange={(testNetworkId) => onDraft({ testNetworkId })}
      />
      {cards.length > 0 && nodes.length > 0 && (
        <CardRows target={target} draft={draft} onDraft={onDraft} cards={cards} networks={nodes} />
      )}
    </>
  )
}

/** What is more than one field of the settings; a recovery takes the networks that are stored there. */
export const ZertoOwnFields = ({ action, target, drafts, onDrafts }: OwnFieldsProps) => {
  const onDraft = (change: Partial<ZertoOwnDraft>): void =>
    onDrafts({ ...drafts, ZERTO: { ...drafts.ZERTO, ...change } })
  if (action === 'UPDATE' && target.isGroup) {
    return <NetworkFields target={target} draft={drafts.ZERTO} onDraft={onDraft} />
  }
  if (!['FAILOVER', 'TEST_FAILOVER', 'MOVE'].includes(action)) return null
  return (
    <p className="field-hint">
      The machines land on the networks that are set for the {action === 'TEST_FAILOVER' ? 'tests' : 'failovers'} of
      their group: see Change settings.
    </p>
  )
}
