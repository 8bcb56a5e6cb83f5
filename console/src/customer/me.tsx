import SpaceBetween from '@cloudscape-design/components/space-between';
import { ContactPanel } from './contact-panel.tsx';
import { DevicesPanel } from './devices-panel.tsx';
import { useShown } from './live.tsx';
import { PreferencesPanel } from './preferences-panel.tsx';
import { TotpPanel } from './totp-panel.tsx';

/** How we reach a customer and how they prove who they are. */
export function Me() {
  // Proofs are bound to a card; for one's own contact any own card will do.
  const cards = useShown('cards');
  const own = cards.value?.find(({ role, state }) => role === 'cardholder' && state !== 'closed');
  return (
    <SpaceBetween size="l">
      <ContactPanel cardToken={own?.cardToken} />
      <PreferencesPanel />
      <DevicesPanel cardToken={own?.cardToken} />
      <TotpPanel cardToken={own?.cardToken} />
    </SpaceBetween>
  );
}
