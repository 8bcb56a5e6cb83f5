/** How long a browser insists on HTTPS: two years. */
export const httpsOnlySeconds = 63_072_000;

/** Where a page may talk to beside its own origin, e.g. the sign-in. */
export interface PageHeadersOptions {
  readonly connect?: readonly string[];
}

/**
 * Headers of every file of the page, deployed and on the local stack alike: scripts, styles and pictures of its own
 * origin only, no frames in either direction, no sensors. Passkeys are for the page itself.
 */
export function pageHeaders({ connect = [] }: PageHeadersOptions = {}) {
  return {
    'content-security-policy': contentSecurityPolicy(connect),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': permissionsPolicy,
    'referrer-policy': 'no-referrer',
    'strict-transport-security': `max-age=${httpsOnlySeconds}; includeSubDomains`,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  } as const satisfies Readonly<Record<string, string>>;
}

export const permissionsPolicy = [
  ...['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb'].map((name) => `${name}=()`),
  'publickey-credentials-create=(self)',
  'publickey-credentials-get=(self)',
].join(', ');

export function contentSecurityPolicy(connect: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
