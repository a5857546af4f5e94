import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const exclude = ['**/node_modules', 'dist']
const pages = globSync('**/*.md', { cwd: root, exclude }).toSorted()
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const withoutBlocks = (text: string): string => text.replaceAll(/```[^]*?```/g, '')

/** How a heading is named in an address, as GitHub makes it. */
const toAnchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

const listAnchors = (path: string): readonly string[] =>
  [...read(path).matchAll(/^#+ (?<heading>.*)$/gm)].map(({ groups }) => toAnchor(groups?.['heading'] ?? ''))

/** Links of a page that lead nowhere. */
const listDeadLinks = (page: string, text: string): readonly string[] =>
  [...withoutBlocks(text).matchAll(/\]\((?<link>[^)\s]+)\)/g)]
    .map(({ groups }) => groups?.['link'] ?? '')
    .filter((link) => !/^https?:/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : join(dirname(page), path)
      if (!existsSync(join(root, target))) return true
      return anchor !== undefined && target.endsWith('.md') && !listAnchors(target).includes(anchor)
    })
    .map((link) => `${page} -> ${link}`)

/** Files that a page names as code, by a path or by their name alone, and that are nowhere. */
const listUnknownFiles = (text: string): readonly string[] => {
  const names = new Set(globSync('{src,test}/**/*.{ts,tsx}', { cwd: root }).map((path) => basename(path)))
  return [
    ...withoutBlocks(text).matchAll(/`(?<path>[\w./-]+\.(?:ts|tsx|json|graphql|yaml|md)|[\w-]+(?:\/[\w.-]+)+\/?)`/g),
  ]
    .map(({ groups }) => groups?.['path'] ?? '')
    .filter((path) => !names.has(path) && !['', 'src'].some((folder) => existsSync(join(root, folder, path))))
}

it('has no link that leads nowhere', () => {
  expect(pages).toContain('docs/operations.md')
  expect(pages.flatMap((page) => listDeadLinks(page, read(page)))).toEqual([])
  expect(listDeadLinks('README.md', '[a](docs/none.md), [b](docs/schema.md#none), [c](docs/schema.md#errors)')).toEqual(
    ['README.md -> docs/none.md', 'README.md -> docs/schema.md#none'],
  )
})

it('names in ARCHITECTURE.md what there is', () => {
  expect(listUnknownFiles(read('ARCHITECTURE.md'))).toEqual([])
  const text =
    'See `server/none.ts`, `none.ts`, `graphql/none/`, and `send-once.ts`, `domain/vendor.ts`, `graphql/task/`.'
  expect(listUnknownFiles(text)).toEqual(['server/none.ts', 'none.ts', 'graphql/none/'])
})

it('tells in ARCHITECTURE.md of each room', () => {
  const rooms = globSync('src/*/', { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  expect(rooms).toContain('domain')
  const told = read('ARCHITECTURE.md')
  expect(rooms.filter((room) => !new RegExp(`^\\| \`${room}(?:/<v>)?\``, 'm').test(told))).toEqual([])
})
