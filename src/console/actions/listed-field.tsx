import { useQuery } from '../app/gateway.tsx'
import { StartProfilesDocument } from '../generated/graphql.ts'
import { profileInWords } from '../start/objective-field.tsx'
import { ResourceSelect, type ResourceQuestion } from '../start/resource-select.tsx'
import { Field, Select } from '../ui/field.tsx'
import type { ActTarget } from './act-target.ts'
import type { FieldModel } from './field-model.ts'

type ListedModel = Extract<FieldModel, { readonly kind: 'listed' }>

interface ListedFieldProps {
  readonly field: ListedModel
  readonly target: ActTarget
  /** Empty where none is chosen. */
  readonly value: string
  readonly onChange: (vendorId: string | undefined) => void
}

/** What the destination of a target has of a kind; null where nobody can be asked. */
export const askAtDestination = (
  { siteId, destinationSiteId }: ActTarget,
  kind: ResourceQuestion['kind'],
): ResourceQuestion | null =>
  siteId === null ? null : { siteId, kind, ...(destinationSiteId !== siteId && { atSiteId: destinationSiteId }) }

const ProfileField = ({ field, target, value, onChange }: ListedFieldProps) => {
  const isOffered = target.siteId !== null && target.capabilities.has('PROFILES')
  const { data, problem } = useQuery(StartProfilesDocument, { siteId: target.siteId ?? '' }, { isPaused: !isOffered })
  if (!isOffered) return null
  return (
    <Field label={field.label} {...(field.help !== undefined && { hint: field.help })} error={problem}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
          options={[
            { value: '', label: field.emptyLabel },
            ...(data?.protectionProfiles ?? []).map((profile) => ({
              value: profile.vendorId,
              label: profileInWords(profile),
            })),
          ]}
        />
      )}
    </Field>
  )
}

/** A choice among what a site offers, by name. */
export const ListedField = (props: ListedFieldProps) => {
  const { field, target, value, onChange } = props
  if (field.list === 'PROFILE') return <ProfileField {...props} />
  return (
    <ResourceSelect
      label={field.label}
      {...(field.help !== undefined && { hint: field.help })}
      question={askAtDestination(target, field.list)}
      value={value}
      emptyLabel={field.emptyLabel}
      onChange={(vendorId) => onChange(vendorId === '' ? undefined : vendorId)}
    />
  )
}
