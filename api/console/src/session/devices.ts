// Browser and system, as the user agent names them. The name is not verified.

type Name = [pattern: RegExp, name: string];

// The first match counts: most browsers also call themselves Chrome and Safari.
const browsers: Name[] = [
  [/MicroMessenger/, "微信 WeChat"],
  [/DingTalk/, "钉钉 DingTalk"],
  [/QIHU|360SE|360EE|QHBrowser/i, "360"],
  [/QQBrowser/, "QQ"],
  [/UOSBrowser|UBrowser/i, "UOS"],
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox|FxiOS/, "Firefox"],
  [/Chrome|CriOS|Chromium/, "Chrome"],
  [/Safari/, "Safari"],
];
const systems: Name[] = [
  [/HarmonyOS|OpenHarmony/, "HarmonyOS"],
  [/Android/, "Android"],
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Kylin/i, "银河麒麟 Kylin"],
  [/UOS|Uniontech/i, "统信 UOS"],
  [/Linux/, "Linux"],
];

const nameIn = (names: Name[], agent: string) =>
  names.find(([pattern]) => pattern.test(agent))?.[1];

/// Returns "Chrome 120 · Windows", or an empty text for an unknown agent.
export function deviceOf(agent: string): string {
  const browser = nameIn(browsers, agent);
  const version = /(?:Edg|OPR|Firefox|Chrome|Version)\/(\d+)/.exec(agent)?.[1];
  const known = [browser && version ? `${browser} ${version}` : browser, nameIn(systems, agent)];
  return known.filter(Boolean).join(" · ") || agent.slice(0, 40);
}
