/** Pixels of a column, from characters of the default font, which are seven pixels wide, with the space around them. */
export const columnPixels = (width: number): number => Math.trunc(((256 * width + Math.trunc(128 / 7)) / 256) * 7)

/** Characters of the default font, as files count the width of a column. */
export const columnCharacters = (pixels: number): number => Math.round((pixels / 7) * 256) / 256

/** Pixels of a row, from points. */
export const rowPixels = (points: number): number => Math.round((points * 4) / 3)

/** Points, as files count the height of a row. */
export const rowPoints = (pixels: number): number => Math.round(pixels * 75) / 100
