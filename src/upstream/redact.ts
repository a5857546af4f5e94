const mask = '[redacted]'

const longestText = 2000
const mostMembers = 100
const deepest = 6

/** Members that hold a secret in some vendor's messages: passwords, tokens, cookies, assertions, session headers. */
export const secretName =
  /pass(word|wd)?$|secret|token|cookie|authorization|assertion|signature|-(auth|session)$|private.?key/i

// Stack traces say nothing to a caller and much about the appliance.
const stackName = /^stack(trace)?$/i
const stackLines = /(\r?\n\s*at [^\n]*)+/g

const secretsInText: readonly { readonly pattern: RegExp; readonly kept: string }[] = [
  { pattern: /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, kept: '$1 ' },
  { pattern: /\b((?:\w*password|passwd|pwd|secret|\w*token|cookie)["']?\s*[:=]\s*["']?)[^\s"',;&}]+/gi, kept: '$1' },
  // A JSON web token, wherever it stands.
  { pattern: /\beyJ[\w-]{5,}\.[\w-]+(\.[\w-]*)?/g, kept: '' },
]

/** The text without what looks like a secret or a stack trace, cut to 2,000 characters. */
export const redactText = (text: string): string => {
  const clean = secretsInText.reduce(
    (rest, { pattern, kept }) => rest.replace(pattern, `${kept}${mask}`),
    text.slice(0, longestText * 2).replace(stackLines, ''),
  )
  return clean.length > longestText ? `${clean.slice(0, longestText)}…` : clean
}

/**
 * A copy of a vendor's message that may be logged: secrets masked by the name of their member, stack traces left out,
 * every text through {@link redactText}, and no deeper or longer than a log line should be.
 */
export const redact = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return redactText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === deepest) return '…'
  if (Array.isArray(value)) return value.slice(0, mostMembers).map((member) => redact(member, depth + 1))
  const members = Object.entries(value)
    .filter(([name]) => !stackName.test(name))
    .slice(0, mostMembers)
    .map(([name, member]) => [name, secretName.test(name) ? mask : redact(member, depth + 1)] as const)
  return Object.fromEntries(members)
}
