/**
 * What storage must know to keep configuration: the store that apply needs, and how a setup becomes
 * rows and comes back from them.
 */
export type { ConfigurationStore } from './apply.ts';
export { agreementKey, type ConfiguredObject, type StoredObject, setupOf } from './objects.ts';
export type { Plan, Stored, Used } from './plan.ts';
export { type Declared, type Kind, kinds, type Setup } from './setup.ts';
export { present, readStructuredTerms, type StructuredTermsJson, structuredTermsJson } from './terms-json.ts';
