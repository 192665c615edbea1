// Addresses that the runtime keeps for itself, which neither an entity nor a view may take.

/** Segments below the API's prefix that are not collections. */
export const apiAddresses: ReadonlySet<string> = new Set(['auth', 'batch', 'docs'])

/** First segments of pages and of what stands beside the API. */
export const pageAddresses: ReadonlySet<string> = new Set([
  '_truth',
  'assets',
  'forgot',
  'healthz',
  'metrics',
  'openapi.json',
  'readyz',
  'reset',
  'sign-in',
  'sign-out',
  'sign-up',
  'verify',
])
