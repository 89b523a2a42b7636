import type { Badge, Credential } from '../../domain/badge/badge.ts'
import type { Shown, Viewer } from '../../domain/badge/privacy.ts'
import type { ProgrammeVersion } from '../../domain/programme/programme.ts'

/** A badge that its visitor may know, with everything that its forms are made from. */
export type Found = {
  kind: 'gone' | 'shown'
  shown: Exclude<Shown, { kind: 'hidden' }>
  badge: Badge
  credential: Credential
  version: ProgrammeVersion
  viewer: Viewer
}
