/** Addresses that look as if a connector of Teams were there, to somebody: to a reader, a pattern or another parser. */

const host = "smba.trafficmanager.net";
const evil = "evil.example";

/** Hosts that are not Teams'. Some resolve to it, and are refused as what they are not written as. */
const hosts: readonly string[] = [
  // Looks like it from the left, or from the right.
  ...[`${host}.${evil}`, `${host}-${evil}`, `${host}${evil}`, `evil-${host}`, `evil${host}`, `${evil}.${host}`],
  ...[`a.${host}`, `${host}.`, `${host}..`, `.${host}`, `..${host}`, "smba..trafficmanager.net", "trafficmanager.net"],
  ...["other.trafficmanager.net", "smba2.trafficmanager.net", "smba.trafficmanager.net.co", "smba.trafficmanager.ne"],
  ...["smba-trafficmanager.net", "smbatrafficmanager.net", "smba_trafficmanager.net", "smba.traffic-manager.net"],
  ...["botframework.com", ".botframework.com", "a..botframework.com", "-.botframework.com", "a-.botframework.com"],
  ...[
    "xbotframework.com",
    "bot-framework.com",
    `api.botframework.com.${evil}`,
    "api.botframework.com.",
    "api.botframework.co",
  ],
  ...["api.botframework.com-evil.example", "apibotframework.com", "api.botframework.community", "*.botframework.com"],
  ...["infra.gcc.teams.microsoft.com", "a.smba.infra.gcc.teams.microsoft.com", "smba.infra.gcc.teams.microsoft.com.cn"],
  ...[
    "teams.microsoft.com",
    "microsoft.com",
    "graph.microsoft.com",
    "login.microsoftonline.com",
    "api.botframework.us",
  ],
  // One letter short, at each place.
  ...Array.from(host, (_, at) => host.slice(0, at) + host.slice(at + 1)),
  // Letters that only look the same, are folded to it, or are not seen.
  ...["ѕmba.trafficmanager.net", "smbа.trafficmanager.net", "smba.trafficmanager.nеt", "smba。trafficmanager。net"],
  ...["smba.trafficmanager．net", "smba｡trafficmanager.net", "ｓｍｂａ.trafficmanager.net", "smba.trafﬁcmanager.net"],
  ...[
    "smba.trafficmanager.net\u200b",
    "smba\u00ad.trafficmanager.net",
    "\u202esmba.trafficmanager.net",
    "𝐬mba.trafficmanager.net",
  ],
  ...["xn--smba-.trafficmanager.net", "ſmba.trafficmanager.net", "SMBA.trafficmanager.net", "Smba.Trafficmanager.Net"],
  ...["smba.trafficmanager.net\u0000", `smba.trafficmanager.net\u0000.${evil}`, "smba.trafficmanager.net\u2024"],
  // Encoded.
  ...["smba%2etrafficmanager.net", "smba%2Etrafficmanager%2Enet", "%73mba.trafficmanager.net", `${host}%2f.${evil}`],
  ...[
    `${host}%00.${evil}`,
    `${host}%09`,
    `${host}%20.${evil}`,
    `${host}%40${evil}`,
    `${host}%23.${evil}`,
    `${host}%3f.${evil}`,
  ],
  // Numbers.
  ...[
    "127.0.0.1",
    "localhost",
    "localhost.",
    "[::1]",
    "[::]",
    "0.0.0.0",
    "0",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
  ],
  ...["127.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "[fd00::1]", "[fe80::1]", "100.100.100.200"],
  ...["[::ffff:127.0.0.1]", "[::ffff:169.254.169.254]", "[64:ff9b::7f00:1]", "metadata.google.internal", "①②⑦.⓪.⓪.①"],
  ...["127.0.0.1.nip.io", "spoofed.burpcollaborator.net", "localtest.me", "[::1%25eth0]", "[v1.a]", "[127.0.0.1]"],
];

/** Around a right host. */
const around: readonly string[] = [
  // Another scheme, or none.
  ...[
    "http",
    "HTTPS",
    "Https",
    "ftp",
    "ws",
    "wss",
    "file",
    "javascript",
    "data",
    "blob",
    "gopher",
    "ldap",
    "https+x",
  ].map((scheme) => `${scheme}://${host}/uk/`),
  ...[`//${host}/`, `${host}/uk/`, `https:${host}/`, `https:/${host}/`, `https:///${host}/`, `https:\\\\${host}/`],
  ...[
    `https:/\\${host}/`,
    `https:\\/${host}/`,
    `https://\\${host}/`,
    `\\\\${host}\\uk`,
    `https//${host}/`,
    `://${host}/`,
  ],
  // A name before it, or after it.
  ...["user@", "user:word@", ":@", "@", "@@", `${evil}@`, `${evil}:443@`, "%40", "a%40b@", "user%3aword@"].map(
    (name) => `https://${name}${host}/uk/`,
  ),
  ...["@", ":@", ":443@", "%40@", "\\@", "/@", "#@", "?@", "&@", ";@", " @", "\t@", ":x@", "%2f@", "%5c@"].map(
    (mark) => `https://${host}${mark}${evil}/`,
  ),
  // Ports.
  ...[":443", ":0443", ":80", ":8443", ":0", ":", ":65536", ":-1", ":443x", ":4 43", ":+443", ":443:443", ":https"].map(
    (port) => `https://${host}${port}/uk/`,
  ),
  // A question, a fragment.
  ...["?", "?x=1", "/?", "/uk/?to=x", `?@${evil}`, "#", "/#", "/uk/#x", `#@${evil}`, "/uk/?#", "/;?x", "/%3f?x"].map(
    (end) => `https://${host}${end}`,
  ),
  // Paths that lead elsewhere, or are read in two ways.
  ...[
    "/../",
    "/uk/../../",
    "/./",
    "/uk/.",
    "/uk/..",
    "/%2e%2e/",
    "/%2E/",
    "/.%2e/",
    "/uk/%2f..%2f",
    "/\\",
    "/uk\\..\\",
  ].map((path) => `https://${host}${path}`),
  ...[
    "//",
    "//uk/",
    "/uk//",
    `//${evil}/`,
    "/uk/%00",
    "/uk/\u0000",
    "/uk/%",
    "/uk/%zz",
    "/uk/é/",
    "/uk/ /",
    "/uk/@/",
  ].map((path) => `https://${host}${path}`),
  ...[
    "/uk/;x",
    "/uk/:x/",
    "/uk/,/",
    "/uk/{x}/",
    "/uk/<x>/",
    '/uk/"/',
    "/uk/'/",
    "/uk/|/",
    "/uk/^/",
    "/uk/`/",
    "/uk/~/",
  ].map((path) => `https://${host}${path}`),
  // What is not seen.
  ...[" ", "\t", "\n", "\r", "\r\n", "\u0000", "\u000b", "\u00a0", "\ufeff", "\u2028", "\u200b", "\u202e"].flatMap(
    (blank) => [
      `${blank}https://${host}/`,
      `https://${host}/${blank}`,
      `https:${blank}//${host}/`,
      `https://${blank}${host}/`,
      `https://smba${blank}.trafficmanager.net/`,
      `https://${host}${blank}.${evil}/`,
    ],
  ),
  `https://${host}/uk/\r\nHost: ${evil}`,
  `https://${host}/${"a/".repeat(400)}`,
  `https://${"a.".repeat(300)}botframework.com/`,
  "https://",
  "https:///",
  "",
  " ",
  "null",
  "undefined",
];

/** All of them, each once. */
export const tricks: readonly string[] = [...new Set([...hosts.map((name) => `https://${name}/uk/`), ...around])];
