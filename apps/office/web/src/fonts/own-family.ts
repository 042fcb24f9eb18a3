/** The family that the page's own styles name for characters of East Asia. */
export const ownFamily = 'East Asian Text'
