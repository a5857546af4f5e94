import { useEffect, useRef, useState } from 'react'
import { useQuery } from '../app/gateway.tsx'
import { SiteChoicesDocument, type Vendor } from '../generated/graphql.ts'
import { toWords, vendorWords } from '../status.ts'
import { Button } from '../ui/button.tsx'
import { TextInput } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { CheckMenu } from '../ui/menu.tsx'
import {
  countFilters,
  flagsOf,
  healthWords,
  stateWords,
  toggled,
  verdictWords,
  wholeTable,
  type TableFlag,
  type TableKind,
  type TableState,
} from './table-state.ts'

const flagWords: Readonly<Record<TableFlag, string>> = {
  awaiting: 'Awaiting a decision',
  stale: 'Not current',
  conflicts: 'Sites disagree',
  testing: 'Test running',
  tested: 'Tested',
  untested: 'Never tested',
  grouped: 'In a group',
  alone: 'Alone',
}

interface FilterBarProps {
  readonly kind: TableKind
  readonly state: TableState
  readonly onState: (state: TableState) => void
}

/** Types wait a moment, so that each letter is not a question of its own. */
const typingMs = 250

const SearchField = ({ kind, state, onState }: FilterBarProps) => {
  const [text, setText] = useState(state.text)
  const sent = useRef(state.text)
  const latest = useRef({ state, onState })
  latest.current = { state, onState }
  useEffect(() => {
    if (state.text !== sent.current) setText(state.text)
    sent.current = state.text
  }, [state.text])
  useEffect(() => {
    if (text === sent.current) return undefined
    const timer = setTimeout(() => {
      sent.current = text
      latest.current.onState({ ...latest.current.state, text })
    }, typingMs)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <div className="groups-search">
      <Icon name="search" />
      <TextInput
        type="search"
        value={text}
        aria-label={`Search ${kind} by name or description`}
        placeholder="Name or description"
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  )
}

interface Chip {
  readonly key: string
  readonly label: string
  readonly without: TableState
}

const listChips = (state: TableState, siteNames: ReadonlyMap<string, string>): readonly Chip[] => [
  ...state.vendors.map((word) => ({
    key: `vendor ${word}`,
    label: vendorWords(word),
    without: { ...state, vendors: toggled(state.vendors, word) },
  })),
  ...state.healths.map((word) => ({
    key: `health ${word}`,
    label: `Health: ${toWords(word)}`,
    without: { ...state, healths: toggled(state.healths, word) },
  })),
  ...state.states.map((word) => ({
    key: `state ${word}`,
    label: `State: ${toWords(word)}`,
    without: { ...state, states: toggled(state.states, word) },
  })),
  ...state.verdicts.map((word) => ({
    key: `rpo ${word}`,
    label: `RPO: ${toWords(word)}`,
    without: { ...state, verdicts: toggled(state.verdicts, word) },
  })),
  ...state.siteIds.map((id) => ({
    key: `site ${id}`,
    label: `Site: ${siteNames.get(id) ?? 'unknown'}`,
    without: { ...state, siteIds: toggled(state.siteIds, id) },
  })),
  ...state.flags.map((word) => ({
    key: `only ${word}`,
    label: flagWords[word],
    without: { ...state, flags: toggled(state.flags, word) },
  })),
]

const Chips = ({
  chips,
  onState,
}: {
  readonly chips: readonly Chip[]
  readonly onState: (state: TableState) => void
}) => (
  <ul className="groups-chips" aria-label="Filters">
    {chips.map(({ key, label, without }) => (
      <li key={key}>
        <button
          type="button"
          className="groups-chip"
          aria-label={`Remove filter ${label}`}
          onClick={() => onState(without)}
        >
          {label}
          <Icon name="close" size={12} />
        </button>
      </li>
    ))}
  </ul>
)

/** A menu of words that can be chosen together. */
const WordMenu = <Word extends string>(props: {
  readonly label: string
  readonly words: readonly Word[]
  readonly chosen: readonly Word[]
  readonly toLabel: (word: Word) => string
  readonly onChosen: (words: readonly Word[]) => void
}) => {
  const { label, words, chosen, toLabel, onChosen } = props
  return (
    <CheckMenu
      label={chosen.length === 0 ? label : `${label} (${chosen.length})`}
      items={words.map((word) => ({ id: word, label: toLabel(word), isChecked: chosen.includes(word) }))}
      onToggle={(id) => {
        const word = words.find((known) => known === id)
        if (word !== undefined) onChosen(toggled(chosen, word))
      }}
    />
  )
}

/** What is shown, and how to show something else. */
export const FilterBar = ({ kind, state, onState }: FilterBarProps) => {
  const sites = useQuery(SiteChoicesDocument, {}, { policy: 'cache-first' }).data?.sites ?? []
  const vendors = [...new Set<Vendor>([...sites.map(({ vendor }) => vendor), ...state.vendors])].toSorted()
  const siteNames = new Map(sites.map(({ id, name }) => [id, name]))
  const flags = flagsOf[kind]
  return (
    <div className="groups-filters" role="search" aria-label={`Filter ${kind}`}>
      <SearchField kind={kind} state={state} onState={onState} />
      <WordMenu
        label="Health"
        words={healthWords}
        chosen={state.healths}
        toLabel={toWords}
        onChosen={(healths) => onState({ ...state, healths })}
      />
      <WordMenu
        label="State"
        words={stateWords}
        chosen={state.states}
        toLabel={toWords}
        onChosen={(states) => onState({ ...state, states })}
      />
      <WordMenu
        label="RPO"
        words={verdictWords}
        chosen={state.verdicts}
        toLabel={toWords}
        onChosen={(verdicts) => onState({ ...state, verdicts })}
      />
      <WordMenu
        label="Vendor"
        words={vendors}
        chosen={state.vendors}
        toLabel={vendorWords}
        onChosen={(chosen) => onState({ ...state, vendors: chosen })}
      />
      <WordMenu
        label="Site"
        words={[...siteNames.keys()]}
        chosen={state.siteIds}
        toLabel={(id) => siteNames.get(id) ?? id}
        onChosen={(siteIds) => onState({ ...state, siteIds })}
      />
      <WordMenu
        label="More"
        words={flags}
        chosen={state.flags}
        toLabel={(word) => flagWords[word]}
        onChosen={(chosen) => onState({ ...state, flags: chosen })}
      />
      <Chips chips={listChips(state, siteNames)} onState={onState} />
      {countFilters(state) > 0 && (
        <Button
          variant="quiet"
          size="small"
          onClick={() => onState({ ...wholeTable, orderField: state.orderField, direction: state.direction })}
        >
          Clear all
        </Button>
      )}
    </div>
  )
}
