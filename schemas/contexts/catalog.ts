import dataIntegrityV2 from './data-integrity-v2.json' with { type: 'json' }
import didV1 from './did-v1.json' with { type: 'json' }
import jws2020 from './jws-2020-v1.json' with { type: 'json' }
import multikeyV1 from './multikey-v1.json' with { type: 'json' }
import openBadgesV2 from './ob-v2.json' with { type: 'json' }
import openBadgesV3 from './ob-v3p0-context-3.0.3.json' with { type: 'json' }
import openBadgesExtensions from './ob-v3p0-extensions.json' with { type: 'json' }
import credentialsV2 from './w3c-credentials-v2.json' with { type: 'json' }

export const credentialsContext = 'https://www.w3.org/ns/credentials/v2'
export const openBadgesContext = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
export const openBadgesExtensionsContext = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'
export const openBadges2Context = 'https://w3id.org/openbadges/v2'

/** Every JSON-LD context that Blazon knows, by its canonical URL; none is ever fetched. */
export const contexts: ReadonlyMap<string, object> = new Map<string, object>([
  [credentialsContext, credentialsV2],
  [openBadgesContext, openBadgesV3],
  [openBadgesExtensionsContext, openBadgesExtensions],
  [openBadges2Context, openBadgesV2],
  ['https://www.w3.org/ns/did/v1', didV1],
  ['https://w3id.org/security/multikey/v1', multikeyV1],
  ['https://w3id.org/security/suites/jws-2020/v1', jws2020],
  ['https://w3id.org/security/data-integrity/v2', dataIntegrityV2],
])
