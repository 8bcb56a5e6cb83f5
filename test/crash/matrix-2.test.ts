import { describe } from 'vitest';
import { flowsOfPart } from './parts.ts';
import { testFlows } from './run-flows.ts';

describe('I1 I3 I4 I5 I6 I9 I10 I12 hold whatever call of a flow fails, and how', () => {
  testFlows('part 2 of 2', flowsOfPart(2, 2));
});
