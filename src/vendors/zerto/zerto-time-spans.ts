// .NET's TimeSpan: [-][days.]hours:minutes[:seconds[.fraction]]
const dotNetPattern = /^(?:(\d{1,7})\.)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,7})?)?$/
const isoPattern = /^P(?:(\d{1,7})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,9})(?:\.\d{1,9})?S)?)?$/i

const toSeconds = (parts: readonly (string | undefined)[]): number => {
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0))
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
}

/**
 * Reads a span of time as .NET writes it (`1.00:00:00`, `00:05:00`) or as ISO 8601 does (`PT5M`). The API description
 * calls it "date-span" and shows none; which of the two comes is inferred.
 *
 * @returns Whole seconds; null for anything else, and for a negative span.
 */
export const findSpanSeconds = (text: string | null): number | null => {
  const trimmed = text?.trim() ?? ''
  const dotNet = dotNetPattern.exec(trimmed)
  if (dotNet !== null) return toSeconds(dotNet.slice(1))
  const iso = trimmed.length > 2 ? isoPattern.exec(trimmed) : null
  return iso === null ? null : toSeconds(iso.slice(1))
}
