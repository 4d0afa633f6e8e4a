/** Faults of a platform that a test plans beforehand, and the order in which they strike. */

/** `before`: the call has no effect. `after`: it has been carried out, and only the answer is lost. Default: before. */
export type When = "before" | "after";

/** A fault strikes `times` times (default 1) after `skip` calls (default 0) went well. */
export type Often = { readonly times?: number; readonly skip?: number };

export type FaultPlan<Planned, Call> = {
  readonly plan: (planned: Planned) => void;
  /** The fault that strikes this call, used up; null for none. */
  readonly take: (call: Call) => Planned | null;
  readonly clear: () => void;
};

/** An empty plan. Of several faults that fit a call, the one planned first strikes first. */
export function createFaultPlan<Planned extends Often, Call>(
  fits: (planned: Planned, call: Call) => boolean,
): FaultPlan<Planned, Call> {
  const open: { readonly fault: Planned; skip: number; left: number }[] = [];
  return {
    plan(fault) {
      open.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? 1 });
    },
    take(call) {
      const due = open.find(({ fault, left }) => left > 0 && fits(fault, call));
      if (due === undefined) return null;
      if (due.skip > 0) {
        due.skip -= 1;
        return null;
      }
      due.left -= 1;
      return due.fault;
    },
    clear() {
      open.length = 0;
    },
  };
}

/** Whether the call is carried out although its answer will be spoilt. */
export const isCarriedOut = (fault: { readonly kind: string; readonly when?: When } | null): boolean =>
  fault === null || fault.kind === "slow" || fault.when === "after";
