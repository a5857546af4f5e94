const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, member]) => member !== null && member !== undefined)
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, sorted(member)]),
  )
}

/**
 * The same text for the same meaning: members in order of name, null and absent members alike left out, dates in ISO
 * form.
 */
export const toCanonicalJson = (value: unknown): string => JSON.stringify(sorted(value)) ?? 'null'
