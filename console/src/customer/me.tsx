import SpaceBetween from '@cloudscape-design/components/space-between';
import { useApi } from '../shared/page.tsx';
import { useLive } from '../shared/use-live.ts';
import { ContactPanel } from './contact-panel.tsx';
import { DevicesPanel } from './devices-panel.tsx';
import { PreferencesPanel } from './preferences-panel.tsx';
import { routes } from './routes.ts';
import { TotpPanel } from './totp-panel.tsx';

/** These change seldom; the limit on readings is better spent elsewhere. */
const SELDOM_MS = 15_000;

/** How we reach a customer and how they prove who they are. */
export function Me() {
  const api = useApi();
  // Proofs are bound to a card; for one's own contact any own card will do.
  const cards = useLive('cards of me', (signal) => api.call(routes.listCards, { signal }), SELDOM_MS);
  const own = cards.value?.cards.find(({ role, state }) => role === 'cardholder' && state !== 'closed');
  return (
    <SpaceBetween size="l">
      <ContactPanel cardToken={own?.cardToken} />
      <PreferencesPanel />
      <DevicesPanel cardToken={own?.cardToken} />
      <TotpPanel cardToken={own?.cardToken} />
    </SpaceBetween>
  );
}
