import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from 'react'
import './field.css'

/** What a control takes over from its field. */
export interface FieldControl {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': boolean | undefined
}

interface FieldProps {
  readonly label: string
  readonly hint?: string
  readonly error?: string | null
  readonly children: (control: FieldControl) => ReactNode
}

/** A control with its label, a hint, and what is wrong with it. */
export const Field = ({ label, hint, error = null, children }: FieldProps) => {
  const id = useId()
  const parts = [hint === undefined ? null : `${id}-hint`, error === null ? null : `${id}-error`].filter(
    (part) => part !== null,
  )
  const control = {
    id,
    'aria-describedby': parts.length > 0 ? parts.join(' ') : undefined,
    'aria-invalid': error === null ? undefined : true,
  }
  return (
    <div className="field">
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      {children(control)}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
      {error !== null && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
    </div>
  )
}

export const TextInput = ({ className = '', ...rest }: InputHTMLAttributes<HTMLInputElement>) => (
  <input type="text" autoComplete="off" spellCheck={false} {...rest} className={`input ${className}`} />
)

export const NumberInput = ({ className = '', ...rest }: InputHTMLAttributes<HTMLInputElement>) => (
  <input type="number" inputMode="numeric" {...rest} className={`input input-number ${className}`} />
)

interface Option {
  readonly value: string
  readonly label: string
}

type SelectProps = SelectHTMLAttributes<HTMLSelectElement> & { readonly options: readonly Option[] }

/** The platform's own list of choices: it works on every device. */
export const Select = ({ options, className = '', ...rest }: SelectProps) => (
  <select {...rest} className={`input select ${className}`}>
    {options.map(({ value, label }) => (
      <option key={value} value={value}>
        {label}
      </option>
    ))}
  </select>
)

interface CheckboxProps {
  readonly label: string
  readonly hint?: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

export const Checkbox = ({ label, hint, checked, onChange }: CheckboxProps) => {
  const id = useId()
  return (
    <div className="choice">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="field-hint choice-hint">
          {hint}
        </p>
      )}
    </div>
  )
}

interface RadioGroupProps {
  readonly legend: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly options: readonly (Option & { readonly hint?: string })[]
}

export const RadioGroup = ({ legend, value, onChange, options }: RadioGroupProps) => {
  const name = useId()
  return (
    <fieldset className="choices">
      <legend className="field-label">{legend}</legend>
      {options.map((option) => (
        <div key={option.value} className="choice">
          <input
            id={`${name}-${option.value}`}
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            aria-describedby={option.hint === undefined ? undefined : `${name}-${option.value}-hint`}
          />
          <label htmlFor={`${name}-${option.value}`}>{option.label}</label>
          {option.hint !== undefined && (
            <p id={`${name}-${option.value}-hint`} className="field-hint choice-hint">
              {option.hint}
            </p>
          )}
        </div>
      ))}
    </fieldset>
  )
}
