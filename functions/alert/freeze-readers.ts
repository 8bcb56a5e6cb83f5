import { type EventOf, type EventReaders, eventReader } from '../transaction/envelope.ts';
import { alertEscalatedSchema, alertOpenedSchema } from './events.ts';

/** Our own events that tell of a freeze. */
export const freezeReaders: EventReaders<EventOf<'AlertOpened' | 'AlertEscalated'>> = {
  'AlertOpened/1': eventReader(
    alertOpenedSchema,
    (detail) => ({ type: 'AlertOpened', detail }),
    (detail) => detail.occurredAt,
  ),
  'AlertEscalated/1': eventReader(
    alertEscalatedSchema,
    (detail) => ({ type: 'AlertEscalated', detail }),
    (detail) => detail.occurredAt,
  ),
};
