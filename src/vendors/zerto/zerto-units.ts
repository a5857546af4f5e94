/** The vendor's "MB" is taken for mebibytes: a datastore of 1 TiB shows as 1,048,576 (inferred, the API gives no more). */
const bytesPerMegabyte = 1024 * 1024

/** Megabytes to whole bytes; null stays null. Negative values mean "not known" or "unlimited". */
export const toBytes = (megabytes: number | null): number | null =>
  megabytes === null || megabytes < 0 ? null : Math.round(megabytes * bytesPerMegabyte)

/** The vendor writes an empty string where a text is not set. */
export const emptyToNull = (text: string | null): string | null => (text === null || text === '' ? null : text)
