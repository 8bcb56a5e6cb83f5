import { join } from 'node:path';
import { createRequests } from '../platform/requests.ts';
import { readEnvironment, rulesApiEnvironment } from './environments.ts';
import { httpHandler } from './http.ts';
import { createModelShelf } from './model-shelf.ts';
import { createRooms } from './rooms.ts';
import { createServeKeepers } from './rules-serve.ts';
import { createTelemetry } from './telemetry.ts';
import { ruleChanges } from './work/rule-changes.ts';
import { ruleReadings } from './work/rule-readings.ts';

const environment = readEnvironment(rulesApiEnvironment);
const telemetry = createTelemetry('rules-api');
const rooms = createRooms(environment);
const requests = createRequests(rooms.db, environment.CASES_TABLE, rooms.now);
const serve = createServeKeepers({ requests, telemetry });

export const handler = httpHandler(telemetry, [
  ...ruleReadings({ rooms, serve }),
  ...ruleChanges({ rooms, serve, telemetry, models: createModelShelf(join(__dirname, 'models')) }),
]);
