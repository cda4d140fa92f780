// What a User-Agent says, in words that people use: its browser and its system. What it does not
// know it does not guess.

const kBrowsers = [
  ['Edge', /\bEdgA?\/|\bEdgiOS\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\bFirefox\/|\bFxiOS\//],
  ['Chrome', /(Headless|\b)Chrome\/|\bChromium\/|\bCriOS\//],
  ['Safari', /\bVersion\/\S+ (Mobile\/\S+ )?Safari\//],
  ['curl', /^curl\//],
] as const;
const kSystems = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
] as const;

export function readAgent(agent: string | null): { browser: string | null; system: string | null } {
  const among = (list: readonly (readonly [string, RegExp])[]) =>
    list.find(([, pattern]) => pattern.test(agent ?? ''))?.[0] ?? null;
  return { browser: among(kBrowsers), system: among(kSystems) };
}
