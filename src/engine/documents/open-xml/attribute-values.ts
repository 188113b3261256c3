/** A value of ST_OnOff, on where it is not given (ISO/IEC 29500-4 §9.4). */
export function isOn(value: string | undefined): boolean {
  return value !== '0' && value !== 'false' && value !== 'off'
}

/** A decimal number without a sign; undefined for anything else. */
export function integerOf(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined
}
