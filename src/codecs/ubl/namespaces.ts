const schema = 'urn:oasis:names:specification:ubl:schema:xsd';

export const namespaces = {
  invoice: `${schema}:Invoice-2`,
  creditNote: `${schema}:CreditNote-2`,
  aggregate: `${schema}:CommonAggregateComponents-2`,
  basic: `${schema}:CommonBasicComponents-2`,
} as const;
