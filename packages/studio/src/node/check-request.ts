import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.js';

/** Longer addresses than any that the page asks for. */
const LONGEST_ADDRESS = 2048;

/**
 * Refuses what does not come from the page itself: requests under another name (a page elsewhere whose name was pointed at this machine) and from pages of other
 * origins.
 *
 * @throws Refusal
 */
export function checkRequest({ headers, url = '' }: IncomingMessage, port: number): void {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? '')) throw new Refusal(403, `This server is at ${hosts[0]} and nowhere else.`);
  const { origin } = headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`))
    throw new Refusal(403, 'Pages of other origins may not ask here.');
  const site = headers['sec-fetch-site'];
  // 'none' is a person who typed the address; a link from elsewhere may open the page and nothing else.
  const opensPage = headers['sec-fetch-mode'] === 'navigate' && new URL(url, 'http://x').pathname === '/';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !opensPage)
    throw new Refusal(403, 'Pages of other origins may not ask here.');
  if (url.length > LONGEST_ADDRESS) throw new Refusal(414, 'This address is too long.');
}
