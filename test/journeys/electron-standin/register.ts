/** Preloaded into the stand-in's main process: there, `electron` is the stand-in. */
import { registerHooks } from 'node:module'

import { readSettings } from './settings.ts'

const STANDIN = new URL('./electron.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === 'electron' ? { url: STANDIN, shortCircuit: true } : nextResolve(specifier, context),
})

Object.defineProperty(process, 'resourcesPath', { value: readSettings().appPath })
