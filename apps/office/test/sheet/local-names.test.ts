import { expect, test } from 'vitest'
import { withNameMarks, withoutNameMarks } from '../../src/documents/sheet/formula/local-names.ts'
import { piecesOf } from '../../src/documents/sheet/formula/pieces.ts'

const marked = (formula: string) =>
  withNameMarks(piecesOf(formula))
    .map(({ text }) => text)
    .join('')
const plain = (formula: string) =>
  withoutNameMarks(piecesOf(formula))
    .map(({ text }) => text)
    .join('')

const formulas: readonly (readonly [string, string])[] = [
  ['LET(x,A1,x*2)', 'LET(_xlpm.x,A1,_xlpm.x*2)'],
  ['x+LET( x , 1, y,x+1, x*y)+y', 'x+LET( _xlpm.x , 1, _xlpm.y,_xlpm.x+1, _xlpm.x*_xlpm.y)+y'],
  ['MAP(A1:A3,LAMBDA(v,v^2))', 'MAP(A1:A3,LAMBDA(_xlpm.v,_xlpm.v^2))'],
  ['LET(double,LAMBDA(n,n*2),double(4))', 'LET(_xlpm.double,LAMBDA(_xlpm.n,_xlpm.n*2),_xlpm.double(4))'],
  ['LET(a,{1,2},b,"a,b",SUM(a)&b)', 'LET(_xlpm.a,{1,2},_xlpm.b,"a,b",SUM(_xlpm.a)&_xlpm.b)'],
  ['LAMBDA(1)', 'LAMBDA(1)'],
  ['SUM(a,b)', 'SUM(a,b)'],
]

test.each(formulas)('%s is %s in a file', (typed, written) => {
  expect(marked(typed)).toBe(written)
  expect(plain(written)).toBe(typed)
})
