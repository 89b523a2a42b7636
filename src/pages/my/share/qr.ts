import { encode } from 'uqr'
import { type Html, html } from '../../kit/html.ts'

/** Light modules around the code (ISO/IEC 18004: four). */
const quiet = 4

/**
 * A QR code of an address as a drawing: dark on light in both colour schemes, as QR readers expect. `alt` describes it.
 */
export function qrCode(address: string, alt: string): Html {
  const { data, size } = encode(address, { ecc: 'M', border: quiet })
  const rows = data.map((modules, y) => rowOf(modules, y))
  return html`<svg class="qr" role="img" aria-label="${alt}" viewBox="0 0 ${size} ${size}" width="${size * 5}" height="${size * 5}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path stroke="#000" d="${rows.join('')}"/></svg>`
}

/**
 * A row as strokes through the middle of its modules, each relative to the end of the last: that keeps the page small.
 */
function rowOf(modules: boolean[], y: number): string {
  const runs = modules
    .map((dark) => (dark ? 'h' : 'm'))
    .join('')
    .match(/h+|m+/g)
  const moves = (runs ?? []).map((run) => (run[0] === 'h' ? `h${run.length}` : `m${run.length} 0`))
  return `M0 ${y}.5${moves.join('').replace(/m\d+ 0$/, '')}`
}
