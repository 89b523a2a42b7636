import { drawCertificate } from './certificate.ts'
import { serve } from './serve.ts'
import type { Task } from './studio.ts'

serve(async ({ certificate, now }: Task) => new Uint8Array(await drawCertificate(certificate, now)))
