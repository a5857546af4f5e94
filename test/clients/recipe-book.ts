import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const page = join(import.meta.dirname, '../../docs/subscriptions.md')

const blockPattern = /^```(?:ts|bash)\n(?:\/\/|#) (?<name>\S+\.(?:ts|sh))\n(?<text>[^]*?)^```$/gm

/** The files that the page for client authors shows, by the name in the first line of each block. */
export const readRecipes = (): ReadonlyMap<string, string> =>
  new Map(
    [...readFileSync(page, 'utf8').matchAll(blockPattern)].map(({ groups = {} }) => [
      groups['name'] ?? '',
      groups['text'] ?? '',
    ]),
  )
