const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ' // Crockford base32: no I, L, O, U

/**
 * Writes `<prefix>-XXXX-XXXX-XC`: nine random symbols (45 bits) and a Luhn mod 32 check character, which detects every
 * single wrong symbol and nearly every swap of neighbours. `random` has at least 9 bytes.
 */
export function certificationNumber(prefix: string, random: Uint8Array): string {
  const symbols = [...random.subarray(0, 9)].map((byte) => alphabet.charAt(byte & 31)).join('')
  const all = symbols + checkCharacter(symbols)
  return `${prefix}-${all.slice(0, 4)}-${all.slice(4, 8)}-${all.slice(8)}`
}

function checkCharacter(symbols: string) {
  let sum = 0
  let factor = 2
  for (const symbol of [...symbols].reverse()) {
    const addend = alphabet.indexOf(symbol) * factor
    sum += Math.floor(addend / 32) + (addend % 32)
    factor = factor === 2 ? 1 : 2
  }
  return alphabet.charAt((32 - (sum % 32)) % 32)
}
