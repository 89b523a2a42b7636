/** Days before the expiry on which the holder is reminded (programme rules, part 3). */
export const reminderDays = [90, 60, 30, 7, 0] as const

/** When each reminder of a badge is due: at nine in the morning of its day, in the programme's zone. Instants with `Z`. */
export function remindersOf(
  expiresOn: string,
  timeZone: string,
): { kind: string; runAt: string }[] {
  return reminderDays.map((days) => {
    const day = Temporal.PlainDate.from(expiresOn).subtract({ days })
    const at = day.toZonedDateTime({ timeZone, plainTime: '09:00' }).toInstant()
    return { kind: `expires-${days}`, runAt: at.toString({ fractionalSecondDigits: 3 }) }
  })
}
