import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles: Lambda hands a function its role's
 * credentials in the environment and nowhere else, so the chain of files, SSO, processes and metadata services
 * is dead weight (90 KB of 474 on the screening function) and a way to wait for a network that is not there.
 */
export const defaultProvider = (): ReturnType<typeof fromEnv> => fromEnv();
