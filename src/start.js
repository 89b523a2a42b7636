import { spawn } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { freshBundle } from './bundle.js'

/** `npm start`: from the bundle of these sources, or else in twice the time from the sources, and bundles them for the next. */
const bundle = freshBundle()
const { start } = await import(bundle ? pathToFileURL(bundle).href : './main.ts')
await start()
if (!bundle) {
  const build = fileURLToPath(new URL('commands/build.ts', import.meta.url))
  spawn(process.execPath, ['--single-threaded', build], { stdio: 'ignore' })
    .on('error', () => {})
    .unref()
}
