declare module '@fontsource/*'
declare module '@fontsource-variable/*'
