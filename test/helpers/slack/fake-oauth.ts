/** Slack's side of an installation: codes to redeem, tokens that end, and tokens to renew them with. */
import { randomUUID } from "node:crypto";
import { appId, type Identity, type Json, textOf } from "./team.ts";

export const clientId = "1111.2222";
export const clientSecret = "test-client-secret";

export type FakeOauth = {
  /** A code that can be redeemed once, as Slack hands it to a visitor. With `livesSec` the token ends and can be renewed. */
  readonly grant: (identity: Identity, livesSec?: number) => string;
  /** Answers oauth.v2.access, in all its forms. */
  readonly access: (args: Json) => Json;
  /** Tokens that are good, and whom they speak for. A test may add and remove some. */
  readonly tokens: Map<string, Identity>;
};

const refused = (error: string): Json => ({ ok: false, error });

type Grant = { readonly identity: Identity; readonly livesSec: number | null };

/** Begins with these tokens. A token to renew with is good once, as it is at Slack. */
export function createFakeOauth(tokens: Map<string, Identity>): FakeOauth {
  const codes = new Map<string, Grant>();
  const renewals = new Map<string, Grant & { readonly token: string }>();

  function issue({ identity, livesSec }: Grant): Json {
    const token = `${livesSec === null ? "xoxb" : "xoxe.xoxb-1"}-${randomUUID()}`;
    const refresh = `xoxe-1-${randomUUID()}`;
    tokens.set(token, identity);
    if (livesSec !== null) renewals.set(refresh, { identity, livesSec, token });
    return {
      ok: true,
      app_id: appId,
      authed_user: { id: "U01ALICE" },
      scope: "chat:write,im:history,im:write,users:read,commands,assistant:write,app_mentions:read",
      token_type: "bot",
      access_token: token,
      bot_user_id: identity.botUser,
      ...(livesSec === null ? {} : { refresh_token: refresh, expires_in: livesSec }),
      team: { id: identity.team, name: identity.teamName },
      enterprise: null,
      is_enterprise_install: false,
    };
  }

  return {
    tokens,
    grant(identity, livesSec) {
      const code = randomUUID();
      codes.set(code, { identity, livesSec: livesSec ?? null });
      return code;
    },
    access(args) {
      if (args.client_id !== clientId) return refused("invalid_client_id");
      if (args.client_secret !== clientSecret) return refused("bad_client_secret");
      if (args.grant_type === "refresh_token") {
        const given = textOf(args.refresh_token);
        const renewal = renewals.get(given);
        if (renewal === undefined) return refused("invalid_refresh_token");
        renewals.delete(given);
        return issue(renewal);
      }
      const code = textOf(args.code);
      const granted = codes.get(code);
      if (granted === undefined) return refused("invalid_code");
      codes.delete(code);
      return issue(granted);
    },
  };
}
