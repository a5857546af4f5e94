import type { RawReply } from './exchange.ts'
import { secretName } from './redact.ts'
import type { UpstreamRequest } from './http-client.ts'

const mask = '[redacted]'

/** What is shorter is found in everything. */
const shortest = 4
const shortestInSuccess = 8

const secretHeader = /authorization|cookie|auth|session|token|secret|key/i

/** The secrets of a header's value: itself, what stands behind `Bearer`, and what `Basic` has wrapped. */
const listHeaderSecrets = (value: string): readonly string[] => {
  const [, scheme = '', credential = ''] = /^(?<scheme>\w+) +(?<credential>\S+)$/.exec(value) ?? []
  if (credential === '') return [value]
  if (scheme.toLowerCase() !== 'basic') return [credential]
  const plain = Buffer.from(credential, 'base64').toString('utf8')
  return [credential, plain, plain.slice(plain.indexOf(':') + 1)]
}

const listMembers = (value: unknown, name: string): readonly string[] => {
  if (typeof value === 'string') return secretName.test(name) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([member, item]) =>
    listMembers(item, Array.isArray(value) || secretName.test(name) ? name : member),
  )
}

const listBodySecrets = (body: string): readonly string[] => {
  try {
    return listMembers(JSON.parse(body), '')
  } catch {
    return [...new URLSearchParams(body)].filter(([name]) => secretName.test(name)).map(([, value]) => value)
  }
}

const htmlNames: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }

/** A letter as it may stand in JSON, in a URL, in a form or in HTML, also where one of them stands in another. */
const toLetterPattern = (letter: string): string => {
  if (/^[\w~]$/.test(letter)) return letter
  const code = letter.codePointAt(0) ?? 0
  const hex = code.toString(16)
  const percent = [...Buffer.from(letter)].map((byte) => `%(?:25)*${byte.toString(16).padStart(2, '0')}`).join('')
  const name = htmlNames[letter]
  const ways = [
    String.raw`\\*${letter.replace(/[\^$\\.*+?()[\]{}|/]/, String.raw`\$&`)}`,
    ...(letter === ' ' ? [String.raw`\+`] : []),
    percent,
    String.raw`\\+u${hex.padStart(4, '0')}`,
    `&(?:amp;)*#(?:0*${code}|x0*${hex});`,
    ...(name === undefined ? [] : [`&(?:amp;)*${name};`]),
  ]
  return `(?:${ways.join('|')})`
}

const toPattern = (text: string): string => Array.from(text, toLetterPattern).join('')

/** The ways in which somebody may repeat a secret. */
const toSecretPattern = (secret: string): RegExp => {
  const bytes = Buffer.from(secret)
  const wrapped = [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')]
  return new RegExp([secret, ...new Set(wrapped)].map(toPattern).join('|'), 'giu')
}

/** Enough for a login, its sessions and those that were extended, some of them renewed. */
const mostRemembered = 50

const longestError = 65_536

const withText = (reply: RawReply, text: string): RawReply => ({ ...reply, bytes: Buffer.from(text, 'utf8') })

/**
 * What one site was told in confidence: some vendors, and what stands before them, repeat in an error what they were sent.
 * It knows secrets by where they stood in a request, so it needs no word around them, as {@link redactText} does.
 */
export class SentSecrets {
  /** What stands for it in any text. */
  readonly #patterns = new Map<string, RegExp>()

  /**
   * A reply without any of them in its body; of an error it is no longer than anybody reads. In a success only what could be
   * nothing else is masked, and only the secrets that stood in the body of its own request: data must not change for
   * looking like one. A success of a request without a body stays the bytes that it is.
   */
  mask(reply: RawReply, request: Pick<UpstreamRequest, 'headers' | 'body'>): RawReply {
    const inBody = request.body === undefined ? [] : listBodySecrets(request.body)
    const inHeaders = Object.entries(request.headers ?? {})
      .filter(([name]) => secretHeader.test(name))
      .flatMap(([, value]) => listHeaderSecrets(value))
    this.#remember([...inBody, ...inHeaders])
    if (reply.status < 400) {
      const own = inBody.filter((secret) => secret.length >= shortestInSuccess && !/^\d+$/.test(secret))
      return own.length === 0 ? reply : withText(reply, this.#maskAll(reply.bytes.toString('utf8'), own))
    }
    const body = reply.bytes.toString('utf8')
    const masked = this.#maskAll(body.slice(0, longestError), [...this.#patterns.keys()])
    // What has been cut in two at the end is not known any more.
    return withText(reply, body.length > longestError ? masked.slice(0, longestError / 2) : masked)
  }

  #maskAll(text: string, secrets: readonly string[]): string {
    // The longest first: one may be a part of another.
    return secrets
      .toSorted((one, other) => other.length - one.length)
      .reduce((rest, secret) => rest.replaceAll(this.#patterns.get(secret) ?? secret, mask), text)
  }

  #remember(secrets: readonly string[]): void {
    for (const secret of secrets) {
      if (secret.length < shortest) continue
      const pattern = this.#patterns.get(secret) ?? toSecretPattern(secret)
      this.#patterns.delete(secret)
      this.#patterns.set(secret, pattern)
    }
    for (const oldest of this.#patterns.keys()) {
      if (this.#patterns.size <= mostRemembered) break
      this.#patterns.delete(oldest)
    }
  }
}
