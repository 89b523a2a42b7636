import type { ValidateFunction } from 'ajv'

/** Validators by the name of their schema. None here: `npm run build` puts those that each start needs into the bundle. */
export const compiled: Record<string, ValidateFunction> = {}
