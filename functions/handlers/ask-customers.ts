import { askCustomersEnvironment, readEnvironment } from './environments.ts';
import { queueHandler } from './queue-handler.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { askCustomers } from './work/ask-customers.ts';

const telemetry = createTelemetry('ask-customers');
const rooms = createRooms(readEnvironment(askCustomersEnvironment));

export const handler = queueHandler({ telemetry, handle: askCustomers({ rooms, telemetry }) });
