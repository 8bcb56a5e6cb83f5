import { agentRoutes } from './agent-routes.ts';
import type { Contract } from './contract.ts';
import { customerRoutes } from './customer-routes.ts';
import { factorRoutes } from './factor-routes.ts';
import { provenRoutes } from './proven-routes.ts';
import { ruleEntryRoutes } from './rule-entry-routes.ts';
import { ruleSetRoutes } from './rules-routes.ts';
import { verificationRoutes } from './verification-routes.ts';

/** Every route by the function that serves it; `test/api/routes.test.ts` compares it with `infra/routes.ts`. */
export const routesOf = {
  'customer-api': customerRoutes,
  'verification-api': [...verificationRoutes, ...factorRoutes, ...provenRoutes],
  'agent-api': agentRoutes,
  'rules-api': [...ruleSetRoutes, ...ruleEntryRoutes],
} as const satisfies Readonly<Record<string, readonly Contract[]>>;
