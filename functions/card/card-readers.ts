import { type EventOf, type EventReaders, eventReader } from '../transaction/envelope.ts';
import {
  cardIssuedSchema,
  cardStatusChangedSchema,
  customerContactChangedSchema,
  deviceRegisteredSchema,
  simChangedSchema,
} from './events.ts';

/** Events of the queue of card states. */
export const cardStatusReaders: EventReaders<EventOf<'CardStatusChanged'>> = {
  'CardStatusChanged/1': eventReader(
    cardStatusChangedSchema,
    (detail) => ({ type: 'CardStatusChanged', detail }),
    (detail) => detail.occurredAt,
  ),
};

/** Events of the queue of customers and their cards. */
export const customerReaders: EventReaders<
  EventOf<'CardIssued' | 'CustomerContactChanged' | 'SimChanged' | 'DeviceRegistered'>
> = {
  'CardIssued/1': eventReader(
    cardIssuedSchema,
    (detail) => ({ type: 'CardIssued', detail }),
    (detail) => detail.issuedAt,
  ),
  'CustomerContactChanged/1': eventReader(
    customerContactChangedSchema,
    (detail) => ({ type: 'CustomerContactChanged', detail }),
    (detail) => detail.occurredAt,
  ),
  'SimChanged/1': eventReader(
    simChangedSchema,
    (detail) => ({ type: 'SimChanged', detail }),
    (detail) => detail.occurredAt,
  ),
  'DeviceRegistered/1': eventReader(
    deviceRegisteredSchema,
    (detail) => ({ type: 'DeviceRegistered', detail }),
    (detail) => detail.registeredAt,
  ),
};
