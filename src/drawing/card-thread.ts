import { cardDrawing } from './card-drawing.ts'
import { serveWorker } from './worker-server.ts'

serveWorker(cardDrawing)
