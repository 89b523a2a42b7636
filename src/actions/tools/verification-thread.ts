import { serveWorker } from '../../drawing/worker-server.ts'
import { judge } from '../../verifying/verify.ts'

serveWorker(judge)
