/** One line of a scrape. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** What a scrape holds. */
export interface Scrape {
  readonly samples: readonly Sample[]
  /** Names of the families, as `# TYPE` says them, with their type. */
  readonly types: ReadonlyMap<string, string>
  /** The values of all samples of this name that have these labels, whatever others they have. */
  readonly values: (name: string, labels?: Readonly<Record<string, string>>) => readonly number[]
  /** The sum of {@link Scrape.values}. */
  readonly sum: (name: string, labels?: Readonly<Record<string, string>>) => number
}

const sampleLine = /^(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<labels>.*)\})? (?<value>\S+)$/
const labelPart = /(?<name>[a-zA-Z_]\w*)="(?<value>(?:[^"\\\n]|\\["\\n])*)"(?:,|$)/gy

const parseLabels = (text: string): Readonly<Record<string, string>> => {
  const parts = [...text.matchAll(labelPart)]
  if (parts.map(([whole]) => whole).join('') !== text) throw new Error(`no labels: ${text}`)
  return Object.fromEntries(
    parts.map(({ groups }) => [
      groups?.['name'] ?? '',
      (groups?.['value'] ?? '').replaceAll(/\\(.)/g, (_whole, sign: string) => (sign === 'n' ? '\n' : sign)),
    ]),
  )
}

const parseSample = (line: string): Sample => {
  const { name = '', labels = '', value = '' } = sampleLine.exec(line)?.groups ?? {}
  const number = value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value)
  const isNumber = !Number.isNaN(number) || /^nan$/i.test(value)
  if (name === '' || !isNumber) throw new Error(`no sample: ${line}`)
  return { name, labels: parseLabels(labels), value: number }
}

/** Reads Prometheus' text format, version 0.0.4. @throws Error for a line that is none, and for a sample that comes twice. */
export const parseScrape = (text: string): Scrape => {
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  const lines = text.split('\n').filter((line) => line !== '')
  const types = new Map(
    lines.flatMap((line) => {
      const match = /^# TYPE (?<name>\S+) (?<type>counter|gauge|histogram|summary)$/.exec(line)?.groups
      return match === undefined ? [] : [[match['name'] ?? '', match['type'] ?? ''] as const]
    }),
  )
  const samples = lines.filter((line) => !line.startsWith('#')).map(parseSample)
  const keys = new Set(samples.map(({ name, labels }) => JSON.stringify([name, labels])))
  if (keys.size !== samples.length) throw new Error('a sample comes twice')
  const values: Scrape['values'] = (name, labels = {}) =>
    samples
      .filter(
        (sample) => sample.name === name && Object.entries(labels).every(([key, is]) => sample.labels[key] === is),
      )
      .map(({ value }) => value)
  return { samples, types, values, sum: (name, labels) => values(name, labels).reduce((sum, value) => sum + value, 0) }
}
