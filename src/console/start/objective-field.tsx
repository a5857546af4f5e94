import { useQuery } from '../app/gateway.tsx'
import { formatDuration } from '../format.ts'
import { StartProfilesDocument, type StartProfilesQuery } from '../generated/graphql.ts'
import { Field, NumberInput, Select } from '../ui/field.tsx'
import { findObjectiveProblem, type Objective } from './start-draft.ts'

/** A profile with what it sets. */
export const profileInWords = ({
  name,
  rpoSeconds,
  journalHistorySeconds,
}: StartProfilesQuery['protectionProfiles'][number]): string =>
  [
    name,
    ...(rpoSeconds === null ? [] : [`every ${formatDuration(rpoSeconds)}`]),
    ...(journalHistorySeconds === null ? [] : [`kept for ${formatDuration(journalHistorySeconds)}`]),
  ].join(', ')

interface ObjectiveFieldProps {
  readonly siteId: string
  /** Minutes that hold where nothing is said; null where something has to be. */
  readonly defaultMinutes: number | null
  readonly value: Objective
  readonly onChange: (objective: Objective) => void
}

/** A profile of the site, or an objective of one's own. */
export const ObjectiveField = ({ siteId, defaultMinutes, value, onChange }: ObjectiveFieldProps) => {
  const { data, problem } = useQuery(StartProfilesDocument, { siteId })
  const profiles = data?.protectionProfiles ?? []
  return (
    <>
      <Field
        label="Objective"
        hint="A profile of the site sets how often data travels and how long it is kept."
        error={problem}
      >
        {(control) => (
          <Select
            {...control}
            value={value.profileId}
            onChange={(event) => onChange({ ...value, profileId: event.target.value })}
            options={[
              { value: '', label: 'No profile: minutes of my own' },
              ...profiles.map((profile) => ({ value: profile.vendorId, label: profileInWords(profile) })),
            ]}
          />
        )}
      </Field>
      {value.profileId === '' && (
        <Field
          label="Recovery point objective, minutes"
          hint={`How old the newest recovery point may be.${defaultMinutes === null ? '' : ` Default: ${defaultMinutes} minutes.`}`}
          error={findObjectiveProblem(value)}
        >
          {(control) => (
            <NumberInput
              {...control}
              min={1}
              max={1440}
              value={value.minutes ?? ''}
              placeholder={defaultMinutes === null ? '' : String(defaultMinutes)}
              onChange={(event) =>
                onChange({ ...value, minutes: event.target.value === '' ? null : event.target.valueAsNumber })
              }
            />
          )}
        </Field>
      )}
    </>
  )
}
