import type { TaskRequest, WireCall } from '../domain/task.ts'

const mask = '[redacted]'

const secretName = /pass(word|wd|phrase)?$|secret|token|credential|authorization|cookie|(private|api|access).?key/i

// A fingerprint of what was read when a plan was made: it gives no right, and says which plan was carried out.
const soundsSecret = new Set(['planToken'])

// Arguments of scripts are one text: `-Password x`, `--token=x`, `/pwd:x`, `secret=x`.
const word = String.raw`\w*(?:password|passwd|passphrase|pwd|secret|token|api[-_]?key)`
const secretsInText: readonly RegExp[] = [
  new RegExp(String.raw`((?<![\w-])(?:--?|/)${word}(?:\s*[:=]\s*|\s+))(?:"[^"]*"|'[^']*'|\S+)`, 'gi'),
  new RegExp(String.raw`(\b${word}["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|[^\s"',;&}]+)`, 'gi'),
  /(\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}/gi,
]

const maskText = (text: string): string =>
  secretsInText.reduce((rest, pattern) => rest.replace(pattern, `$1${mask}`), text)

const maskMember = (name: string, value: unknown): unknown => {
  const isMasked = secretName.test(name) && !soundsSecret.has(name)
  // Whether there is one, or has to be, is no secret.
  return isMasked && value !== null && value !== undefined && typeof value !== 'boolean' ? mask : maskSecrets(value)
}

/** A copy in which whatever its name or its place in a command line calls a secret is masked. Dates stay as they are. */
export const maskSecrets = (value: unknown): unknown => {
  if (typeof value === 'string') return maskText(value)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (Array.isArray(value)) return value.map(maskSecrets)
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, maskMember(name, member)]))
}

/** Calls as they may be kept. */
export const maskCalls = (calls: readonly WireCall[]): readonly WireCall[] =>
  calls.map((call) => ({ ...call, body: maskSecrets(call.body) }))

/** A request as it may be kept. */
export const maskRequest = (request: TaskRequest): TaskRequest => {
  const { options } = request
  return {
    ...request,
    input: maskSecrets(request.input),
    sent: maskCalls(request.sent),
    options:
      options === null
        ? null
        : Object.fromEntries(Object.entries(options).map(([name, value]) => [name, maskMember(name, value)])),
  }
}
