import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

export const root = join(import.meta.dirname, '../..')

/** Text of a file, by its path from the root of the project. */
export const readText = (path: string): string => readFileSync(join(root, path), 'utf8')

/** A YAML file with one document, its anchors and merge keys resolved. */
export const readYaml = (path: string): unknown => parse(readText(path), { merge: true })

/** What is there in `deploy/kubernetes` to be applied, by file name. */
export const readManifests = (): ReadonlyMap<string, unknown> => {
  const files = globSync('deploy/kubernetes/*.yaml', { cwd: root }).map((path) => path.replace(/^.*\//, ''))
  const manifests = files.filter((file) => !['kustomization.yaml', 'gateway.yaml'].includes(file))
  return new Map(manifests.toSorted().map((file) => [file, readYaml(`deploy/kubernetes/${file}`)]))
}

/** Instructions of the Containerfile, one for each, its continued lines joined. */
export const readInstructions = (): readonly { readonly name: string; readonly value: string }[] =>
  readText('deploy/Containerfile')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ name: line.split(' ', 1)[0] ?? '', value: line.slice(line.indexOf(' ') + 1) }))
