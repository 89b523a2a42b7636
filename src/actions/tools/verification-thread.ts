import { serve } from '../../drawing/serve.ts'
import { judge } from '../../verifying/verify.ts'

serve(judge)
