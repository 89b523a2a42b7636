import { cardDrawing } from './card-drawing.ts'
import { serve } from './serve.ts'

serve(cardDrawing)
