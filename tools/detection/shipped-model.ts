import type { Model } from '../../functions/screening/model.ts';

/** None is shipped yet. */
export const shippedModel: Model | undefined = undefined;
