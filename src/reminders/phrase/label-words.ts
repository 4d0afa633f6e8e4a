/** Words that tell whether a label is about somebody. Lower case. */
import { listed } from "../../listed.ts";

/** Who a label must not name or tell about. */
export const peopleHelped = listed(`
  client clients patient patients resident residents beneficiary beneficiaries refugee refugees detainee detainees survivor
  survivors claimant claimants evacuee evacuees child children kid kids teenager teenagers minor minors boy boys girl girls
  mother father mum dad mom son daughter wife husband brother sister uncle aunt cousin nephew niece grandmother
  grandfather baby twins family families user users woman man lady
`);

/** What a session with somebody is called when it is care, not supervision. */
export const careWords = listed(`
  therapy counselling counseling intake asylum tribunal court hearing interpreting assessment screening casework triage
  homevisit visit appointment treatment emdr housing welfare solicitor lawyer medical psychotherapy session
`);

/** Words whose possessive is nobody in particular, or the person's own colleagues. */
export const ordinaryOwners = listed(`
  team supervisor manager organisation agency women men people today tomorrow week month year day monday tuesday wednesday
  thursday friday saturday sunday trustees trustee funder donor staff volunteers volunteer colleague group world international
  mentor director board worker workers lead office centre center charity interpreter interpreters coordinator chair
  it that what let here there supervisee supervisees student students trainee peer service department council quarter doctor
  january february march april may june july august september october november december morning afternoon children
`);
