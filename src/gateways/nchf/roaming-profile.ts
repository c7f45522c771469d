/**
 * When and how use of roamers is to be reported by QoS flow: the roaming charging profile (TS 32.255 §5.1.9, TS 32.291 §6.1.6.2.2). An SMF in the visited network
 * asks its CHF for one, the SMF at home proposes that to the CHF at home, and what this one answers holds for both.
 */
import type { Fields } from './fields.ts';

export interface RoamingTrigger {
  readonly triggerType?: string;
  readonly triggerCategory: string;
  /** Seconds. */
  readonly timeLimit?: number;
  /** Octets. */
  readonly volumeLimit?: number;
  readonly volumeLimit64?: bigint;
  readonly eventLimit?: number;
  readonly maxNumberOfccc?: number;
}

export interface RoamingProfile {
  readonly triggers: readonly RoamingTrigger[];
  /** How records are divided; the usage events of charging are one for each flow in any case. */
  readonly partialRecordMethod?: string;
}

export const NO_PROFILE: RoamingProfile = { triggers: [] };

const [IMMEDIATE, DEFERRED] = ['IMMEDIATE_REPORT', 'DEFERRED_REPORT'];
const UINT32 = 0xffff_ffffn;
const UINT64 = 0xffff_ffff_ffff_ffffn;
/** Without a sign of life a session is closed after 25 hours. */
const MOST_SECONDS = 86_400;

/**
 * A setting such as `time=3600, volume=1000000000, changes=20, QOS_CHANGE, RAT_CHANGE!`: limits are reported at once, changes with the next report, or at
 * once with an exclamation mark. Undefined: it is not of this form.
 */
export function parseRoamingProfile(text: string): RoamingProfile | undefined {
  const words = text.split(',').map((word) => word.trim());
  if (words.length === 1 && words[0] === '') return NO_PROFILE;
  const triggers = words.map(parseTrigger).filter((trigger) => trigger !== undefined);
  const types = new Set(triggers.map(({ triggerType }) => triggerType));
  return triggers.length < words.length || types.size < words.length ? undefined : { triggers, partialRecordMethod: 'DEFAULT' };
}

function parseTrigger(word: string): RoamingTrigger | undefined {
  const [, name, digits] = /^(time|volume|changes)=(\d{1,18})$/.exec(word) ?? [];
  const most = Number(digits);
  if (name !== undefined && most === 0) return undefined;
  switch (name) {
    case 'time':
      return most > MOST_SECONDS ? undefined : { triggerType: 'TIME_LIMIT', triggerCategory: IMMEDIATE, timeLimit: most };
    case 'volume':
      return { triggerType: 'VOLUME_LIMIT', triggerCategory: IMMEDIATE, volumeLimit64: BigInt(digits ?? '') };
    case 'changes': {
      const triggerType = 'MAX_NUMBER_OF_CHANGES_IN_CHARGING_CONDITIONS';
      return most > UINT32 ? undefined : { triggerType, triggerCategory: IMMEDIATE, maxNumberOfccc: most };
    }
    default: {
      const [, triggerType, mark] = /^([A-Z][A-Z0-9_]{2,63})(!?)$/.exec(word) ?? [];
      return triggerType === undefined ? undefined : { triggerType, triggerCategory: mark === '!' ? IMMEDIATE : DEFERRED };
    }
  }
}

/** What a consumer proposes. */
export function readRoamingProfile(fields: Fields): RoamingProfile {
  const method = fields.text('partialRecordMethod');
  return {
    triggers: fields.objects('triggers').map(readTrigger),
    ...(method === undefined ? {} : { partialRecordMethod: method }),
  };
}

function readTrigger(trigger: Fields): RoamingTrigger {
  const triggerType = trigger.text('triggerType');
  const volumeLimit64 = trigger.whole('volumeLimit64', UINT64);
  const limits = (['timeLimit', 'volumeLimit', 'eventLimit', 'maxNumberOfccc'] as const).map(
    (name) => [name, trigger.whole(name, UINT32)] as const,
  );
  return {
    ...(triggerType === undefined ? {} : { triggerType }),
    triggerCategory: trigger.required('triggerCategory', trigger.text('triggerCategory')) ?? '',
    ...Object.fromEntries(limits.flatMap(([name, value]) => (value === undefined ? [] : [[name, Number(value)]]))),
    ...(volumeLimit64 === undefined ? {} : { volumeLimit64 }),
  };
}

/**
 * What holds: all that was proposed and all that we want, of two limits the lower, and at once where one of both wants that. Undefined: nobody wants
 * anything.
 */
export function agreedProfile(ours: RoamingProfile, proposed: RoamingProfile = NO_PROFILE): RoamingProfile | undefined {
  const triggers = new Map(proposed.triggers.map((trigger): [string, RoamingTrigger] => [trigger.triggerType ?? '', trigger]));
  for (const own of ours.triggers) {
    const theirs = triggers.get(own.triggerType ?? '');
    triggers.set(own.triggerType ?? '', theirs === undefined ? own : stricter(own, theirs));
  }
  const method = proposed.partialRecordMethod ?? ours.partialRecordMethod;
  if (triggers.size === 0 && method === undefined) return undefined;
  return { triggers: [...triggers.values()], ...(method === undefined ? {} : { partialRecordMethod: method }) };
}

function stricter(one: RoamingTrigger, other: RoamingTrigger): RoamingTrigger {
  const { volumeLimit, ...rest } = other;
  const theirVolume = other.volumeLimit64 ?? (volumeLimit === undefined ? undefined : BigInt(volumeLimit));
  const volume =
    one.volumeLimit64 !== undefined && (theirVolume === undefined || one.volumeLimit64 < theirVolume) ? one.volumeLimit64 : theirVolume;
  const least = (name: 'timeLimit' | 'maxNumberOfccc'): Partial<RoamingTrigger> => {
    const lower = Math.min(one[name] ?? Number.POSITIVE_INFINITY, other[name] ?? Number.POSITIVE_INFINITY);
    return Number.isFinite(lower) ? { [name]: lower } : {};
  };
  return {
    ...rest,
    triggerCategory: one.triggerCategory === IMMEDIATE ? one.triggerCategory : other.triggerCategory,
    ...least('timeLimit'),
    ...least('maxNumberOfccc'),
    ...(volume === undefined ? {} : { volumeLimit64: volume }),
  };
}
