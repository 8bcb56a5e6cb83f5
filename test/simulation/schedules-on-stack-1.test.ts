import { describe } from 'vitest';
import { testSchedulesOnStack } from './schedules-on-stack.ts';

describe('I1 to I12 hold on the local stack whatever comes late, twice or out of order, or fails', () => {
  testSchedulesOnStack(1);
});
