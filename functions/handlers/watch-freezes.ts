import { readBreakerPolicy } from '../screening/freeze-breaker.ts';
import { readEnvironment, watchFreezesEnvironment } from './environments.ts';
import { queueHandler } from './queue-handler.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { watchFreezes } from './work/watch-freezes.ts';

const environment = readEnvironment(watchFreezesEnvironment);
const telemetry = createTelemetry('watch-freezes');
const policy = readBreakerPolicy(environment.FREEZE_BREAKER);

export const handler = queueHandler({
  telemetry,
  handle: watchFreezes({ rooms: createRooms(environment), telemetry, policy }),
});
