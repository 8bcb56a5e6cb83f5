import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { LocalClock } from '../clock.ts';
import type { LocalModel } from '../model.ts';
import { openStateFile } from './state-file.ts';

const versionSchema = z.object({ id: z.string(), value: z.string(), createdAt: z.number() });

export interface SecretVersion extends z.output<typeof versionSchema> {
  /** AWSCURRENT for the newest, AWSPREVIOUS for the one before, nothing for older ones. */
  readonly stages: readonly string[];
}

/** Versions of the model's secrets, by ARN. */
export interface SecretVersions {
  /** Newest last. */
  of(arn: string): readonly SecretVersion[];
  /** Id of the new version. */
  add(arn: string, value: string): string;
}

export function openSecretVersions(options: {
  model: LocalModel;
  clock: LocalClock;
  stateDir: string | undefined;
}): SecretVersions {
  const { model, clock, stateDir } = options;
  const schema = z.record(z.string(), z.array(versionSchema));
  const file = openStateFile({ stateDir, name: 'secrets', schema, initial: {} });
  const add: SecretVersions['add'] = (arn, value) => {
    const version = { id: randomUUID(), value, createdAt: clock.now() };
    file.value[arn] = [...(file.value[arn] ?? []), version];
    file.save();
    return version.id;
  };
  // Generated once: a restart must not change the keys that data were hashed with.
  for (const { arn, initialValue } of model.secrets) if (!file.value[arn]) add(arn, initialValue);
  return {
    of(arn) {
      const versions = file.value[arn] ?? [];
      const stages = (fromEnd: number) =>
        (['AWSCURRENT', 'AWSPREVIOUS'] as const).slice(fromEnd, fromEnd + 1);
      return versions.map((version, index) => ({ ...version, stages: stages(versions.length - 1 - index) }));
    },
    add,
  };
}
