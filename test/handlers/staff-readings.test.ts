import { expect, test } from 'vitest';
import { logFound, logListed } from '../../functions/handlers/staff-readings.ts';

const teller = { id: 'teller-qin', name: 'Qin', groups: ['desk-teller'] };
function lines() {
  const logged: unknown[] = [];
  const log = (event: string, fields?: object) => void logged.push({ event, ...fields });
  return { logged, log };
}

test('a list that was shown is one line with its ticket numbers, an empty one none', () => {
  const { logged, log } = lines();
  logListed({ log }, teller, ['FR-7K3M9QXZ', undefined, 'FR-JCXHFS5N', 'FR-7K3M9QXZ']);
  logListed({ log }, teller, []);
  expect(logged).toEqual([
    { event: 'staff_read', agent: 'teller-qin', ticketNumbers: 'FR-7K3M9QXZ FR-JCXHFS5N' },
  ]);
});

test('a card found without a ticket is logged by its customer, each of them once', () => {
  const { logged, log } = lines();
  logFound({ log }, teller, {
    tickets: [{ customerId: 'C-zhang' }, { customerId: 'C-zhang' }],
    cards: [{ cardholderId: 'C-zhang' }, { cardholderId: 'C-grace' }],
  });
  expect(logged).toEqual([
    { event: 'staff_read', agent: 'teller-qin', customerId: 'C-zhang' },
    { event: 'staff_read', agent: 'teller-qin', customerId: 'C-grace' },
  ]);
});
