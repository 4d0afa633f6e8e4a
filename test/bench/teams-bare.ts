/** A bare botbuilder bot to compare with: echoes, or posts a constant. Not ours, and no more than a guide shows, but for whom it believes. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Request,
  type Response,
} from "botbuilder";
import * as z from "zod";
import { cloudHere } from "./teams-cloud.ts";

const { openIdUrl, issuer, loginUrl, audience } = cloudHere;
const { TEAMS_APP_ID: appId = "", TEAMS_TENANT_ID: tenantId = "", TEAMS_APP_PASSWORD: secret = "" } = process.env;
// As soon as one of these is given, botbuilder has defaults for none.
const settings = {
  MicrosoftAppId: appId,
  MicrosoftAppTenantId: tenantId,
  ToBotFromChannelOpenIdMetadataUrl: openIdUrl,
  ToBotFromChannelTokenIssuer: issuer,
  ToBotFromEmulatorOpenIdMetadataUrl: openIdUrl,
  ToChannelFromBotLoginUrl: `${loginUrl}/${tenantId}`,
  ToChannelFromBotOAuthScope: audience,
  OAuthUrl: audience,
  CallerId: "",
};
const token = await signIn();
const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication(settings, {
    isValidAppId: async (id) => id === appId,
    isAuthenticationDisabled: async () => false,
    // Its own sign-in refuses a server without https. This one has its token from the start, which is in its favour.
    createCredentials: async () => ({
      async signRequest(request) {
        request.headers.set("authorization", `Bearer ${token}`);
        return request;
      },
    }),
  }),
);

const echo = new ActivityHandler();
echo.onMessage(async (context, next) => {
  await context.sendActivity(`Echo: ${context.activity.text}`);
  await next();
});
const constant = new ActivityHandler();
constant.onMessage(async (context, next) => {
  await context.sendActivity("The same every time.");
  await next();
});
const bots = new Map([
  ["/echo", echo],
  ["/constant", constant],
]);

async function signIn(): Promise<string> {
  const scope = `${audience}/.default`;
  const form = { grant_type: "client_credentials", client_id: appId, client_secret: secret, scope };
  const url = `${loginUrl}/${tenantId}/oauth2/v2.0/token`;
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(form) });
  const { access_token: given } = z.object({ access_token: z.string() }).parse(await response.json());
  return given;
}

/** What express would give it: the body as JSON, and an answer with its own names for things. */
async function asExpress(request: IncomingMessage, response: ServerResponse): Promise<readonly [Request, Response]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const answer: Response = {
    socket: response.socket,
    status(code) {
      response.statusCode = code;
      return answer;
    },
    header(name, value) {
      response.setHeader(name, String(value));
      return answer;
    },
    send(body) {
      response.write(typeof body === "string" ? body : JSON.stringify(body));
      return answer;
    },
    end() {
      response.end();
      return answer;
    },
  };
  return [
    { body: JSON.parse(Buffer.concat(chunks).toString("utf8")), headers: request.headers, method: "POST" },
    answer,
  ];
}

const server = createServer(async (request, response) => {
  const bot = bots.get(request.url ?? "");
  if (bot === undefined) return void response.writeHead(404).end();
  const [asked, answer] = await asExpress(request, response);
  await adapter.process(asked, answer, (context) => bot.run(context));
});
await once(server.listen(0, "127.0.0.1"), "listening");
const address = server.address();
console.log(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`);
