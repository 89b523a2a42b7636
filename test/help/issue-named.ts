import { findNamed } from '../../src/actions/issuing/issue-named.ts'
import { findShown } from '../../src/actions/showing/show-badge.ts'
import type { Started } from './start.ts'

/**
 * Issues the credential with its holder's name, as the owner's first request does, for tests without account and
 * session.
 */
export async function issueNamed(
  { tools }: Pick<Started, 'tools'>,
  { links }: { links: { page: string } },
): Promise<void> {
  const slug = links.page.split('/').at(-1) ?? ''
  const found = await findShown(tools, { slug }, { viewer: 'owner', actor: 'test' })
  const named = found.kind === 'hidden' ? undefined : await findNamed(tools, found, 'test')
  if (!named) throw new Error(`no credential with a name was issued for ${links.page}`)
}
