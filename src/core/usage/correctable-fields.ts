/** Fields of a held record that a person can correct, by name. */
export const correctableFields = [
  'called',
  'calling',
  'trunkIn',
  'trunkOut',
  'start',
  'seconds',
  'answered',
  'service',
  'quantity',
  'bytesUp',
  'bytesDown',
  'cause',
  'serviceClass',
  'ratingGroup',
  'apn',
] as const;

export type CorrectableField = (typeof correctableFields)[number];
