import './icon.css'

/** Drawn on a grid of 16, by lines of 1.5. */
const paths = {
  overview: 'M2.5 9.5h4v4h-4zM9.5 2.5h4v11h-4zM2.5 2.5h4v4h-4z',
  groups: 'M2.5 3.5h11v3h-11zM2.5 9.5h11v3h-11zM5 5h.01M5 11h.01',
  machine: 'M2.5 3h11v7.5h-11zM6 13.5h4M8 10.5v3',
  tasks: 'M2.5 4.5l1.2 1.2 2-2.2M2.5 11l1.2 1.2 2-2.2M8.5 4.75h5M8.5 11.25h5',
  audit: 'M4 1.75h5.5l3 3v9.5H4zM9.25 2v3h3M6.25 8h3.5M6.25 10.75h3.5',
  plus: 'M8 3v10M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3.5 8.5l3 3 6-7',
  chevronDown: 'M4 6l4 4 4-4',
  chevronRight: 'M6 4l4 4-4 4',
  chevronLeft: 'M10 4L6 8l4 4',
  arrowRight: 'M3 8h10M9 4l4 4-4 4',
  arrowUp: 'M8 13V3M4 7l4-4 4 4',
  arrowDown: 'M8 3v10M4 9l4 4 4-4',
  search: 'M7 11.5a4.5 4.5 0 100-9 4.5 4.5 0 000 9zM10.5 10.5l3 3',
  filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  download: 'M8 2.5v8M4.5 7L8 10.5 11.5 7M3 13.5h10',
  sun: 'M8 11a3 3 0 100-6 3 3 0 000 6zM8 1.5V3M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M12.6 3.4l-1.1 1.1M4.5 11.5l-1.1 1.1',
  moon: 'M13 9.5A5.5 5.5 0 016.5 3a5.5 5.5 0 106.5 6.5z',
  user: 'M8 8a2.75 2.75 0 100-5.5A2.75 2.75 0 008 8zM2.75 13.75a5.25 5.25 0 0110.5 0',
  clock: 'M8 14A6 6 0 108 2a6 6 0 000 12zM8 4.75V8l2.25 1.5',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  play: 'M5 3l8 5-8 5z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  refresh: 'M13 8a5 5 0 11-1.6-3.7M13 2v3h-3',
  shield: 'M8 1.75l5 2v4c0 3.2-2.1 5.4-5 6.5-2.9-1.1-5-3.3-5-6.5v-4z',
  link: 'M6.5 9.5l3-3M7 4.5l1-1a3 3 0 014.5 4.2l-1 1M9 11.5l-1 1a3 3 0 01-4.5-4.2l1-1',
  external: 'M9.5 2.5h4v4M13.5 2.5l-6 6M11.5 9.5v4h-9v-9h4',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  print: 'M4.5 5.5v-3h7v3M4.5 11.5h-2v-6h11v6h-2M4.5 9h7v4.5h-7z',
  info: 'M8 14A6 6 0 108 2a6 6 0 000 12zM8 7.25V11M8 5h.01',
} as const

export type IconName = keyof typeof paths

/** A picture beside a word; with `label` in place of one. */
export const Icon = ({
  name,
  label,
  size = 16,
}: {
  readonly name: IconName
  readonly label?: string
  readonly size?: number
}) => (
  <svg
    className="icon"
    width={size}
    height={size}
    viewBox="0 0 16 16"
    {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
  >
    <path d={paths[name]} />
  </svg>
)
