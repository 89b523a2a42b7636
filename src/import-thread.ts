import { workerData } from 'node:worker_threads'
import { serveImports } from './actions/intake/import-server.ts'
import { openCommandTools } from './commands/command-tools.ts'
import { serveWorker } from './drawing/worker-server.ts'
import type { ImportThreadData } from './imports.ts'
import { followKeys, reloadKeys } from './ring.ts'

// The thread that imports large texts beside the server, as a command does: with connections and keys of its own.
const { config, programmeFile } = workerData as ImportThreadData
const tools = await openCommandTools(config, { readProgramme: async () => programmeFile })

/** Milliseconds: no signal reaches a thread. */
const pause = 1000

followKeys(() => reloadKeys(tools, config), pause)
serveWorker(serveImports(tools))
