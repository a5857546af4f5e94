/** The disaster-recovery products the gateway speaks to. A new vendor starts here. */
export const vendors = ['VCDA', 'ZERTO'] as const
export type Vendor = (typeof vendors)[number]

/** What each product is called in the world. */
export const productNames: Readonly<Record<Vendor, string>> = {
  VCDA: 'VMware Cloud Director Availability',
  ZERTO: 'Zerto',
}

/** True for a word of {@link vendors}, and for nothing else. */
export const isVendor = (word: string): word is Vendor => (vendors as readonly string[]).includes(word)
