import type { Row, Sheet } from './workbook.ts'

/** The style of a cell that is not there: its row's, else its column's. */
export const styleOfPlace = ({ columns }: Pick<Sheet, 'columns'>, row: Row | undefined, column: number): number =>
  row?.style ?? columns.find(({ from, to }) => column >= from && column <= to)?.style ?? 0
