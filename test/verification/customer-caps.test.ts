import { beforeEach, describe, expect, test } from 'vitest';
import { unknownCard } from '../../functions/card/card.ts';
import { CHAIN_START } from '../../functions/platform/journal.ts';
import { windowOf } from '../../functions/verification/tries.ts';
import { createScene, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await createScene();
  // One without ticket or hold: there the day is the incident.
  const ids = { cardToken: 'card-3', cardholderId: 'C', accountOwnerId: 'C', chain: CHAIN_START };
  await scene.commit([scene.rooms.cards.save(undefined, { ...unknownCard(ids), lastFour: '3333' })]);
});

/** The first day of a window of 30, so that none ends among the days of a test. */
async function toStartOfWindow(): Promise<void> {
  const before = windowOf(scene.at());
  while (windowOf(scene.at()) === before) scene.advance(24 * 60);
}

describe('I7 H14 what one customer may fail and be sent, whatever the card and incident', () => {
  test('two wrong guesses a day, each day without a ticket, end at nine within the 30 days', async () => {
    const about = { cardToken: 'card-3', alertId: undefined, action: 'enrol_device' } as const;
    await toStartOfWindow();
    for (let day = 0; day < 4; day += 1) {
      const id = await scene.opened(about);
      await scene.guess(id, 'totp', '00000000');
      await scene.guess(id, 'totp', '00000001');
      expect((await scene.rooms.verifications.get(id))?.body.status).toBe('pending');
      scene.advance(24 * 60);
    }
    const last = await scene.opened(about);
    expect(await scene.guess(last, 'totp', '00000000')).toEqual({ outcome: 'refused' });
    expect((await scene.rooms.verifications.get(last))?.body.status).toBe('locked');
    expect((await scene.rooms.tickets.ofIncident('C', 'card-3'))?.body).toMatchObject({
      status: 'queued',
      queuedReason: 'verification_locked',
    });
    const compared = scene.compared();
    // Another card of the same customer is no way round it, nor is the right code there.
    const elsewhere = await scene.opened({ cardToken: 'card-2', alertId: 'A2' });
    expect(await scene.guess(elsewhere, 'totp', scene.totp())).toEqual({ outcome: 'refused' });
    expect(scene.compared()).toBe(compared);
    scene.advance(31 * 24 * 60);
    const later = await scene.open({ cardToken: 'card-2', alertId: 'A2' });
    expect(later).toMatchObject({ verification: { requirement: { reasons: [] } } });
  });

  test('six codes a day are sent to a customer, over whatever incidents', async () => {
    const sent: boolean[] = [];
    for (const over of [{}, { cardToken: 'card-2', alertId: 'A2' }, { action: 'enrol_device' as const }]) {
      const id = await scene.opened(over);
      for (let send = 0; send < 4; send += 1) {
        sent.push(
          await scene.code(id).then(
            () => true,
            () => false,
          ),
        );
      }
    }
    const fresh = await scene.opened({ cardToken: 'card-3', alertId: undefined, action: 'enrol_device' });
    await expect(scene.code(fresh)).rejects.toThrow('too_many');
    expect(sent.filter(Boolean)).toHaveLength(6);
    scene.advance(24 * 60);
    const tomorrow = await scene.opened({ cardToken: 'card-3', alertId: undefined, action: 'enrol_device' });
    expect(await scene.code(tomorrow)).toMatch(/^[0-9]{8}$/);
  });
});
