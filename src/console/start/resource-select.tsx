import { useEffect } from 'react'
import { useQuery } from '../app/gateway.tsx'
import { formatBytes } from '../format.ts'
import { StartResourcesDocument, type ResourceKind, type StartResourcesQuery } from '../generated/graphql.ts'
import { Field, Select } from '../ui/field.tsx'

export type Resource = StartResourcesQuery['siteResources']['nodes'][number]

/** Which resources are meant. */
export interface ResourceQuestion {
  readonly siteId: string
  readonly kind: ResourceKind
  /** A peer whose resources are wanted; left out, the site's own. */
  readonly atSiteId?: string
  readonly parentVendorId?: string
  readonly text?: string
}

/** The most that the gateway gives at once. */
const mostResources = 500

/** The resources of a site; paused while the question is null. */
export const useResources = (question: ResourceQuestion | null) => {
  const { data, problem, errors, isAsking } = useQuery(
    StartResourcesDocument,
    { siteId: '', kind: 'VM', ...question, first: mostResources },
    { isPaused: question === null, keepsFormer: question?.text !== undefined },
  )
  const list = question === null ? null : (data?.siteResources ?? null)
  return {
    nodes: list?.nodes ?? [],
    totalCount: list?.totalCount ?? null,
    problem: problem ?? (list === null ? (errors[0]?.message ?? null) : null),
    isAsking,
  }
}

const toLabel = ({ name, freeBytes, organization }: Resource): string =>
  [
    name,
    ...(organization === null ? [] : [organization]),
    ...(freeBytes === null ? [] : [`${formatBytes(freeBytes)} free`]),
  ].join(', ')

interface ResourceSelectProps {
  readonly label: string
  readonly hint?: string
  /** Null while something before it is not chosen yet. */
  readonly question: ResourceQuestion | null
  readonly value: string
  /** What leaving it out means; left out, something has to be chosen. */
  readonly emptyLabel?: string
  /** Only these. */
  readonly matches?: (resource: Resource) => boolean
  /** @param resource Null where none is chosen. */
  readonly onChange: (vendorId: string, resource: Resource | null) => void
}

/** One of the resources of a site. Where one has to be chosen and there is only one, it is. */
export const ResourceSelect = ({
  label,
  hint,
  question,
  value,
  emptyLabel,
  matches,
  onChange,
}: ResourceSelectProps) => {
  const { nodes, problem, isAsking } = useResources(question)
  const offered = matches === undefined ? nodes : nodes.filter(matches)
  const [only] = offered
  const isGone = value !== '' && !isAsking && question !== null && !offered.some(({ vendorId }) => vendorId === value)
  useEffect(() => {
    if (emptyLabel === undefined && value === '' && offered.length === 1 && only !== undefined)
      onChange(only.vendorId, only)
    else if (isGone && offered.length > 0) onChange('', null)
  })
  const waiting = question !== null && isAsking && nodes.length === 0
  const empty = emptyLabel ?? (question === null ? 'Choose what is above first' : 'Choose')
  return (
    <Field label={label} {...(hint !== undefined && { hint })} error={problem}>
      {(control) => (
        <Select
          {...control}
          value={isGone ? '' : value}
          disabled={question === null}
          onChange={({ target }) =>
            onChange(target.value, offered.find(({ vendorId }) => vendorId === target.value) ?? null)
          }
          options={[
            { value: '', label: waiting ? 'Asking the site…' : empty },
            ...offered.map((resource) => ({ value: resource.vendorId, label: toLabel(resource) })),
          ]}
        />
      )}
    </Field>
  )
}
