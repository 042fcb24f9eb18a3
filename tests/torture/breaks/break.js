// Loaded before a server: breaks it in the way that the variable BREAK names.
import { register } from 'node:module'
import { breaks } from './breaks.js'

register('./hooks.js', import.meta.url, { data: breaks[process.env.BREAK ?? ''] })
