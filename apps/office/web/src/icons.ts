/** Strokes on a grid of 24. */
const strokes = {
  undo: 'M9 7L5 11l4 4M5 11h9a5 5 0 0 1 0 10h-2',
  redo: 'M15 7l4 4-4 4M19 11h-9a5 5 0 0 0 0 10h2',
  close: 'M6 6l12 12M18 6L6 18',
  edit: 'M4 20h4L19 9l-4-4L4 16zM13.5 6.5l4 4',
  share: 'M12 15V4M8 8l4-4 4 4M5 12v7h14v-7',
  versions: 'M12 7v5l3 2M4.5 9A8 8 0 1 1 4 13M4 5v4h4',
  pdf: 'M6 4h8l4 4v12H6zM14 4v4h4M9 13h6M9 16h6',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  saveAs: 'M8 8V4h12v12h-4M4 8h12v12H4zM10 11v6M7 14h6',
  download: 'M12 4v11M8 11l4 4 4-4M5 19h14',
  find: 'M11 5a6 6 0 1 0 0 12a6 6 0 0 0 0-12zM15.5 15.5L20 20',
  lock: 'M6 11h12v8H6zM9 11V8a3 3 0 0 1 6 0v3',
  text: 'M5 6h14M5 10h14M5 14h10M5 18h12',
  both: 'M4 5h16v14H4zM12 5v14',
  sheet: 'M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14',
  preview: 'M3 12s3.5-6 9-6s9 6 9 6s-3.5 6-9 6s-9-6-9-6zM12 9.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5z',
  zoomIn: 'M12 5v14M5 12h14',
  zoomOut: 'M5 12h14',
  fitWidth: 'M4 6v12M20 6v12M8 12h8M10 9.5L7.5 12l2.5 2.5M14 9.5l2.5 2.5l-2.5 2.5',
  previousPage: 'M6 15l6-6l6 6',
  stamp: 'M9 4h6v4l-1.5 2.5V14H19v3H5v-3h5.5v-3.5L9 8zM5 20h14',
  note: 'M5 5h14v10l-4 4H5zM15 19v-4h4M8 9h8M8 12h5',
  highlight: 'M4 20h7M9 15l-2-2L16 4l4 4-9 9zM7 13l-1 4 3-2',
  move: 'M12 4v16M4 12h16M9.5 6.5L12 4l2.5 2.5M9.5 17.5L12 20l2.5-2.5M6.5 9.5L4 12l2.5 2.5M17.5 9.5L20 12l-2.5 2.5',
  nextPage: 'M6 9l6 6l6-6',
} as const

export type IconName = keyof typeof strokes

const space = 'http://www.w3.org/2000/svg'

/** An icon that takes the colour of the text around it and says nothing to screen readers. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(space, 'svg')
  const path = document.createElementNS(space, 'path')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  svg.classList.add('icon')
  path.setAttribute('d', strokes[name])
  svg.append(path)
  return svg
}
