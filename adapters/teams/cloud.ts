/** Which servers of Microsoft's are believed, and which are spoken to. Tests give one of their own. */
import { isServiceUrl } from "./service-url.ts";

export type Cloud = {
  /** Where the keys are announced that requests to us are signed with. */
  readonly openIdUrl: string;
  readonly issuer: string;
  /** Where the token for our own calls comes from, without the tenant and without a slash at its end. */
  readonly loginUrl: string;
  /** Whom that token is for. */
  readonly audience: string;
  /** Whether a connector may be at this address: looked at when it arrives, when it is kept and before anything is sent. */
  readonly isServiceUrl: (url: string) => boolean;
};

export const publicCloud: Cloud = {
  openIdUrl: "https://login.botframework.com/v1/.well-known/openidconfiguration",
  issuer: "https://api.botframework.com",
  loginUrl: "https://login.microsoftonline.com",
  audience: "https://api.botframework.com",
  isServiceUrl,
};
