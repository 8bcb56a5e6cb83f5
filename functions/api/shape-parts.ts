import * as z from 'zod/mini';

/** The parts answers are made of. Strict: a field that is not written down here is a fault the tests find. */
export const named = <Schema extends z.ZodMiniType>(id: string, schema: Schema): Schema => {
  z.globalRegistry.add(schema, { id });
  return schema;
};

/** UTC, ISO 8601. */
export const momentSchema = z.string();
export const moneyShape = named('Money', z.strictObject({ minor: z.int(), currency: z.string() }));
export const bothLanguages = named('Words', z.strictObject({ 'zh-CN': z.string(), en: z.string() }));
