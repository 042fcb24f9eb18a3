/** One measured figure beside what it is measured against. */
export interface Figure {
  readonly what: string
  readonly measured: string
  readonly baseline: string
  /** What the figure is judged by: a ratio, or the figure itself. */
  readonly result: string
  /** `undefined`: none was set. */
  readonly aim?: string
  readonly isMet?: boolean
}

/** The middle one of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** A rate against that of a baseline, both the medians of rounds that took turns. */
export function ratioFigure(figure: {
  readonly what: string
  readonly unit: string
  readonly rates: readonly number[]
  readonly baseline: string
  readonly baselineRates: readonly number[]
  /** `undefined`: none was set. */
  readonly aim?: number
}): Figure {
  // Each round is held against its own neighbour: what slows the machine down for a while slows both.
  const ratio = median(figure.rates.map((rate, round) => rate / (figure.baselineRates[round] ?? Number.NaN)))
  const show = (rates: readonly number[]) => `${round(median(rates))} ${figure.unit}`
  return {
    what: figure.what,
    measured: show(figure.rates),
    baseline: `${figure.baseline}: ${show(figure.baselineRates)}`,
    result: ratio.toFixed(2),
    ...(figure.aim !== undefined && { aim: `at least ${figure.aim}`, isMet: ratio >= figure.aim }),
  }
}

/** Milliseconds against those of a baseline, both the medians of rounds that took turns. */
export function timeFigure(figure: {
  readonly what: string
  readonly times: readonly number[]
  readonly baseline: string
  readonly baselineTimes: readonly number[]
  readonly aim: number
}): Figure {
  const ratio = median(figure.times.map((time, round) => time / (figure.baselineTimes[round] ?? Number.NaN)))
  const show = (times: readonly number[]) => `${round(median(times))} ms`
  return {
    what: figure.what,
    measured: show(figure.times),
    baseline: `${figure.baseline}: ${show(figure.baselineTimes)}`,
    result: ratio.toFixed(2),
    aim: `at most ${figure.aim}`,
    isMet: ratio <= figure.aim,
  }
}

/** A figure that has a limit of its own, or none. */
export function limitFigure(figure: {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly baseline: string
  /** `undefined`: it is shown, and judged by nobody. */
  readonly limit?: number
}): Figure {
  const shown = `${round(figure.value)} ${figure.unit}`
  return {
    what: figure.what,
    measured: shown,
    baseline: figure.baseline,
    result: shown,
    ...(figure.limit !== undefined && {
      aim: `at most ${figure.limit} ${figure.unit}`,
      isMet: figure.value <= figure.limit,
    }),
  }
}

/** Three digits are as many as a measurement on a shared machine has. */
function round(value: number): string {
  const digits = Math.max(0, 3 - Math.max(1, Math.ceil(Math.log10(Math.abs(value) + 1))))
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}

/** Figures as a Markdown table. */
export function toMarkdown(figures: readonly Figure[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    row(['Figure', 'Measured', 'Against', 'Result', 'Aim', '']),
    row(['---', '---:', '---', '---:', '---', '---']),
    ...figures.map((figure) =>
      row([
        figure.what,
        figure.measured,
        figure.baseline,
        figure.result,
        figure.aim ?? '',
        figure.isMet === undefined ? '' : figure.isMet ? 'met' : '**missed**',
      ]),
    ),
  ].join('\n')
}
