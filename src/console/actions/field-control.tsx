import {
  Checkbox,
  Field,
  NumberInput,
  RadioGroup,
  Select,
  TextInput,
  type FieldControl as FieldControlAttributes,
} from '../ui/field.tsx'
import type { ActTarget } from './act-target.ts'
import { ListedField } from './listed-field.tsx'
import { defaultInWords, findFieldProblem, type FieldModel, type FieldValues } from './field-model.ts'

interface FieldControlProps {
  readonly target: ActTarget
  readonly field: FieldModel
  readonly value: FieldValues[string]
  /** Whether what is missing is said, too: not before somebody has pressed. */
  readonly isStrict: boolean
  readonly onChange: (value: FieldValues[string]) => void
}

const withDefault = (field: FieldModel): string => {
  const byDefault = defaultInWords(field)
  return [field.help ?? '', byDefault === null ? '' : `Default: ${byDefault.toLowerCase()}.`].join(' ').trim()
}

interface TypedControlProps extends Pick<FieldControlProps, 'value' | 'onChange'> {
  readonly field: Exclude<FieldModel, { readonly kind: 'switch' | 'listed' }>
  readonly control: FieldControlAttributes
}

const TypedControl = ({ control, field, value, onChange }: TypedControlProps) => {
  if (field.kind === 'choice') {
    return (
      <Select
        {...control}
        value={String(value ?? '')}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
        options={[
          { value: '', label: field.isRequired === true ? 'Choose' : 'As it is' },
          ...field.choices.map((choice) => ({ value: choice.value, label: choice.label })),
        ]}
      />
    )
  }
  if (field.kind === 'number') {
    return (
      <NumberInput
        {...control}
        min={field.least}
        max={field.most}
        value={typeof value === 'number' && !Number.isNaN(value) ? value : ''}
        placeholder={field.byDefault === null ? '' : String(field.byDefault)}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.valueAsNumber)}
      />
    )
  }
  return (
    <TextInput
      {...control}
      maxLength={field.most}
      value={String(value ?? '')}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    />
  )
}

/** One option with its label, its default and what is wrong with it. */
export const FieldControl = ({ field, target, value, isStrict, onChange }: FieldControlProps) => {
  const found = findFieldProblem(field, value)
  const error = isStrict || (value !== undefined && value !== '') ? found : null
  if (field.kind === 'listed') {
    return <ListedField field={field} target={target} value={String(value ?? '')} onChange={onChange} />
  }
  if (field.kind === 'switch') {
    const isOn = value === undefined ? field.byDefault : value === true
    return <Checkbox label={field.label} hint={withDefault(field)} checked={isOn} onChange={onChange} />
  }
  if (field.kind === 'choice' && field.byDefault !== null) {
    return (
      <RadioGroup
        legend={field.label}
        value={String(value ?? field.byDefault)}
        onChange={onChange}
        options={field.choices.map(({ value: choice, label, help }) => ({
          value: choice,
          label: choice === field.byDefault ? `${label} (default)` : label,
          ...(help !== undefined && { hint: help }),
        }))}
      />
    )
  }
  return (
    <Field
      label={field.kind === 'number' ? `${field.label}, ${field.unit}` : field.label}
      hint={withDefault(field)}
      error={error}
    >
      {(control) => <TypedControl control={control} field={field} value={value} onChange={onChange} />}
    </Field>
  )
}
