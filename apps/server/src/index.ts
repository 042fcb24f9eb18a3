export type * from './api.ts'
export { type App, type AppOptions, createApp } from './app.ts'
export type { ClientConfig, Config } from './config.ts'
export type { Log, LogEvent } from './log-event.ts'
