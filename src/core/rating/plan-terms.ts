/** What stands where the bulk road names a trunk, for what a plan prices: written and read here. */
interface PlanTerms {
  readonly plan: string;
  /** Local day. */
  readonly validFrom: string;
  /** Place of the service in the plan, from 1. */
  readonly number: number;
}

export const planTermsName = ({ plan, validFrom, number }: PlanTerms): string => `plan ${plan} from ${validFrom}, service ${number}`;

/** Its place in the plan, of the name of its terms. */
export const planServiceOf = (name: string): string => name.slice(name.lastIndexOf(' ') + 1);
