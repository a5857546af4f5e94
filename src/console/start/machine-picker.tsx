import { useId, useState } from 'react'
import { formatCount } from '../format.ts'
import { TextInput } from '../ui/field.tsx'
import { useResources, type Resource, type ResourceQuestion } from './resource-select.tsx'

interface MachinePickerProps {
  readonly legend: string
  /** Null while something before it is not chosen yet. */
  readonly question: ResourceQuestion | null
  /** Several, or one alone. */
  readonly isMultiple: boolean
  readonly chosen: readonly Resource[]
  readonly onChosen: (chosen: readonly Resource[]) => void
}

const toEmptyWords = (question: ResourceQuestion | null, isAsking: boolean, text: string): string => {
  if (question === null) return 'Choose what is above first.'
  if (isAsking) return 'Asking the site…'
  return text === '' ? 'Nothing of this kind is unprotected.' : 'Nothing unprotected has this in its name.'
}

/** What is not protected yet, to choose from: by name, as many as fit. */
export const MachinePicker = ({ legend, question, isMultiple, chosen, onChosen }: MachinePickerProps) => {
  const [text, setText] = useState('')
  const id = useId()
  const { nodes, totalCount, problem, isAsking } = useResources(
    question === null ? null : { ...question, ...(text !== '' && { text }) },
  )
  const isChosen = ({ vendorId }: Resource): boolean => chosen.some((known) => known.vendorId === vendorId)
  const choose = (resource: Resource, isOn: boolean): void => {
    if (!isMultiple) onChosen([resource])
    else onChosen(isOn ? [...chosen, resource] : chosen.filter(({ vendorId }) => vendorId !== resource.vendorId))
  }
  return (
    <fieldset className="start-picker">
      <legend className="field-label">{legend}</legend>
      <TextInput
        type="search"
        aria-label={`Search: ${legend}`}
        placeholder="Part of the name"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {problem !== null && <p className="field-error">{problem}</p>}
      <ul className="start-list">
        {nodes.map((resource) => (
          <li key={resource.vendorId} className="choice">
            <input
              type={isMultiple ? 'checkbox' : 'radio'}
              name={id}
              id={`${id}-${resource.vendorId}`}
              checked={isChosen(resource)}
              onChange={(event) => choose(resource, event.target.checked)}
            />
            <label htmlFor={`${id}-${resource.vendorId}`}>
              {resource.name}
              {resource.organization !== null && <span className="muted"> {resource.organization}</span>}
            </label>
          </li>
        ))}
        {nodes.length === 0 && problem === null && <li className="muted">{toEmptyWords(question, isAsking, text)}</li>}
      </ul>
      <p className="field-hint" role="status">
        {totalCount !== null && totalCount > nodes.length
          ? `The first ${nodes.length} of ${formatCount(totalCount)}: search for the others. `
          : ''}
        {isMultiple && `${chosen.length} chosen`}
      </p>
    </fieldset>
  )
}
