import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

/**
 * Keeps compiled modules for the next start of Blazon, its commands and its threads, unless NODE_COMPILE_CACHE names
 * another folder. Who may write to this folder may also change Blazon itself; a temporary folder would be open to other
 * users. Where it cannot be written, nothing is kept. JavaScript, since the first TypeScript that is not kept costs
 * 50 ms and 18 MB.
 */
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/blazon', import.meta.url)))
