import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Lines over values that grow by factors, on both axes. */
export interface Lines {
  readonly title: string
  /** What is counted on the axis below, and on the one at the side. */
  readonly across: string
  readonly up: string
  readonly at: readonly number[]
  readonly lines: readonly { readonly name: string; readonly values: readonly number[] }[]
}

const folder = join(import.meta.dirname, '../../docs/performance')
const area = { left: 70, top: 50, width: 520, height: 260 }
const size = { width: 700, height: 370 }
const colours = ['#2a78d6', '#1baf7a', '#eda100', '#e34948', '#4a3aa7']

/** Follows the reader's light or dark page. */
const style = `text { font: 12px system-ui, sans-serif; fill: #52514e } .title { font-size: 14px; fill: #0b0b0b }
.grid { stroke: #e1e0d9 } path { fill: none; stroke-width: 2 } .ground { fill: #fcfcfb }
@media (prefers-color-scheme: dark) { text { fill: #c3c2b7 } .title { fill: #fff } .grid { stroke: #2c2c2a } .ground { fill: #1a1a19 } }`

/** Draws lines into the documentation, as `NAME.svg`. */
export async function plotLines(name: string, lines: Lines): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${name}.svg`), `${drawn(lines)}\n`)
}

/** Where a value lies between the powers of ten around all of them, from 0 to 1. */
function scaleOf(values: readonly number[]) {
  const from = Math.floor(Math.log10(Math.min(...values)))
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values))))
  const powers = Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index))
  return { powers, of: (value: number) => (Math.log10(value) - from) / (to - from) }
}

function drawn({ title, across, up, at, lines }: Lines): string {
  const side = scaleOf(lines.flatMap(({ values }) => values))
  const y = (value: number) => area.top + area.height * (1 - side.of(value))
  const [first = 1, last = 10] = [at[0], at.at(-1)]
  const x = (value: number) => area.left + (area.width * Math.log(value / first)) / Math.log(last / first)
  const rows = side.powers.map(
    (power) =>
      `<line class="grid" x1="${area.left}" x2="${area.left + area.width}" y1="${y(power)}" y2="${y(power)}"/>` +
      text(area.left - 8, y(power) + 4, power.toLocaleString('en'), 'end'),
  )
  const marks = at.map((value) => text(x(value), area.top + area.height + 18, value.toLocaleString('en'), 'middle'))
  const curves = lines.map(({ name, values }, index) => {
    const points = values.map((value, turn) => `${x(at[turn] ?? first).toFixed(1)} ${y(value).toFixed(1)}`)
    const end = y(values.at(-1) ?? 1) + 4
    return `<path stroke="${colours[index % colours.length]}" d="M${points.join('L')}"/>${text(area.left + area.width + 8, end, name)}`
  })
  const below = area.top + area.height + 40
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img"><title>${title}</title>`,
    `<style>${style}</style><rect class="ground" width="${size.width}" height="${size.height}"/>`,
    `<text class="title" x="${area.left}" y="24">${title}</text>${text(area.left, 42, up)}`,
    ...rows,
    ...marks,
    ...curves,
    `${text(area.left + area.width / 2, below, across, 'middle')}</svg>`,
  ].join('\n')
}

const text = (x: number, y: number, words: string, anchor = 'start'): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${words}</text>`
