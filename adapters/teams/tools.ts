/** What the parts of the door work with that answer what arrives. */
import type { Door } from "./door.ts";
import type { Remember } from "./remember.ts";
import type { Fingerprint } from "./repeats.ts";
import type { Working } from "./working.ts";

/** How long Teams is let wait for an answer before it hears that it comes, milliseconds. */
export type Patience = { readonly message: number; readonly press: number; readonly dialog: number };

/** Teams brings a message again after 15 s, waits for some seconds more than these after a press, and 5 s for a dialog. */
export const usualPatience: Patience = { message: 5_000, press: 4_000, dialog: 3_500 };

export type Tools = Door & {
  readonly remember: Remember;
  readonly working: Working;
  readonly fingerprint: Fingerprint;
  readonly patience: Patience;
};
