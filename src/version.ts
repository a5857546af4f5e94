import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/*
 * Loaded before it is known which Node runs: nothing here may need a new one to be read.
 */

/** As in `engines` of the manifest. */
const leastNode = 26

/** The version of this package, e.g. `1.0.0`. */
export const readVersion = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))
  const isNamed = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return isNamed ? String(manifest.version) : 'unknown'
}

/**
 * Why this Node cannot run the gateway: an older one would fail at the first word that it does not know.
 *
 * @param version Without a `v`, e.g. `26.10.0`.
 * @returns null when it can.
 */
export const findNodeProblem = (version: string): string | null =>
  Number.parseInt(version, 10) >= leastNode
    ? null
    : `DR Gateway needs Node ${leastNode} or newer: this is Node ${version}`
