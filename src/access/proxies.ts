import proxyAddr from '@fastify/proxy-addr'
import ipaddr from 'ipaddr.js'

const words: Record<string, string[]> = {
  none: [],
  private: ['loopback', 'linklocal', 'uniquelocal'],
}

/** The addresses, ranges and names of ranges in a comma-separated list, as Fastify's `trustProxy` takes them. */
export function proxiesIn(list: string): string[] {
  return list.split(',').flatMap((each) => words[each.trim()] ?? [each.trim()])
}

/**
 * Whether Fastify's own parser accepts the list. A range of /0, which is everyone, is refused, and so is 10.1 for
 * 10.0.0.1.
 */
export function areProxies(list: string): boolean {
  const proxies = proxiesIn(list)
  if (proxies.some(isSlip) || (proxies.length > 0 && /\bnone\b/.test(list))) return false
  try {
    proxyAddr.compile(proxies)
    return true
  } catch {
    return false
  }
}

function isSlip(proxy: string) {
  const [address = ''] = proxy.split('/')
  return /^[\d.]+$/.test(address) && !ipaddr.IPv4.isValidFourPartDecimal(address)
}

/** The network of an address, wide enough not to identify a household: /24 for IPv4, /48 for IPv6. */
export function networkOf(sender: string): string {
  if (!ipaddr.isValid(sender)) return 'unknown'
  const address = ipaddr.process(sender)
  if (address instanceof ipaddr.IPv6)
    return `${new ipaddr.IPv6([...address.parts.slice(0, 3), 0, 0, 0, 0, 0])}/48`
  return `${address.octets.slice(0, 3).join('.')}.0/24`
}
