import { useState } from 'react'
import type { Action } from '../generated/graphql.ts'
import { Checkbox, Field, TextInput } from '../ui/field.tsx'
import type { ActTarget } from './act-target.ts'
import { FieldControl } from './field-control.tsx'
import { shownFields, type FieldModel, type FieldValues } from './field-model.ts'
import { recoveringActions, toOptionValues, type OperationEntry, type OperationFields } from './operation-input.ts'
import { ownFields } from '../vendors/own-fields.ts'
import { PointField } from './point-field.tsx'

interface EntryFormProps {
  readonly action: Action
  readonly target: ActTarget
  readonly fields: OperationFields
  readonly entry: OperationEntry
  readonly isStrict: boolean
  readonly onEntry: (entry: OperationEntry) => void
}

const listControls = (
  fields: readonly FieldModel[],
  target: ActTarget,
  values: FieldValues,
  isStrict: boolean,
  onChange: (change: FieldValues) => void,
) =>
  shownFields(fields, values).map((field) => (
    <FieldControl
      key={field.name}
      field={field}
      value={values[field.name]}
      target={target}
      isStrict={isStrict}
      onChange={(value) => onChange({ [field.name]: value })}
    />
  ))

const MembersField = ({ target, entry, onEntry }: Pick<EntryFormProps, 'target' | 'entry' | 'onEntry'>) => {
  const [isSome, setIsSome] = useState(entry.replicationIds !== null)
  const ids = entry.replicationIds ?? target.members.map(({ id }) => id)
  const choose = (id: string, isChosen: boolean): void =>
    onEntry({ ...entry, replicationIds: isChosen ? [...ids, id] : ids.filter((other) => other !== id) })
  return (
    <fieldset className="actions-members">
      <legend className="field-label">Machines</legend>
      <Checkbox
        label={`All ${target.members.length} of the group`}
        checked={!isSome}
        onChange={(isAll) => {
          setIsSome(!isAll)
          onEntry({ ...entry, replicationIds: isAll ? null : ids })
        }}
      />
      {isSome &&
        target.members.map(({ id, name }) => (
          <Checkbox key={id} label={name} checked={ids.includes(id)} onChange={(isChosen) => choose(id, isChosen)} />
        ))}
    </fieldset>
  )
}

/** The options of an operation: what all vendors have, then what this one has, then why. */
export const EntryForm = ({ action, target, fields, entry, isStrict, onEntry }: EntryFormProps) => {
  const recovers = recoveringActions.includes(action)
  const optionValues = toOptionValues(action, target.vendor, entry)
  const OwnFields = ownFields[target.vendor]
  return (
    <div className="actions-form">
      {recovers && (
        <PointField
          target={target}
          value={entry.recoveryPointId}
          onChange={(recoveryPointId) => onEntry({ ...entry, recoveryPointId })}
        />
      )}
      {recovers && target.members.length > 1 && target.capabilities.has('RECOVER_SOME_MEMBERS') && (
        <MembersField target={target} entry={entry} onEntry={onEntry} />
      )}
      {listControls(fields.common, target, entry.common, isStrict, (change) =>
        onEntry({ ...entry, common: { ...entry.common, ...change } }),
      )}
      {listControls(fields.options, target, optionValues, isStrict, (change) =>
        onEntry({ ...entry, options: { ...entry.options, ...change } }),
      )}
      <OwnFields action={action} target={target} drafts={entry.own} onDrafts={(own) => onEntry({ ...entry, own })} />
      <Field label="Reason" hint="For whoever looks later: kept with the task and in the audit log.">
        {(control) => (
          <TextInput
            {...control}
            maxLength={2000}
            value={entry.reason}
            onChange={(event) => onEntry({ ...entry, reason: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}
