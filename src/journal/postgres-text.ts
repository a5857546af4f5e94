// PostgreSQL's texts hold every character but U+0000. Two code points that never stand for a character write it down.
const zero = '\u0000'
const escape = '\ufdd0'

/** A text as PostgreSQL can keep it; {@link decodeText} reads it. Nearly every text is the same. */
export const encodeText = (text: string): string =>
  text.includes(zero) || text.includes(escape)
    ? text.replaceAll(escape, `${escape}1`).replaceAll(zero, `${escape}0`)
    : text

/** Reads what {@link encodeText} wrote. */
export const decodeText = (text: string): string =>
  text.includes(escape)
    ? text.replaceAll(/\ufdd0([01])/g, (_whole, digit: string) => (digit === '0' ? zero : escape))
    : text
