import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer } from './answer.js';
import { checkRequest } from './check-request.js';
import { Refusal } from './refusal.js';
import { PAGE_HEADERS } from './security-headers.js';

/** What {@link startStudio} is told. */
export interface StudioOptions {
  /** Runs, or folders of runs; what lies in them is all that can be seen. */
  readonly places: readonly string[];
  /** Default: any that is free. */
  readonly port?: number;
}

/** A studio that runs. */
export interface Studio {
  /** Where a browser finds it: `http://127.0.0.1:4321/`. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Starts the server of the studio's page. Only this machine reaches it, and only its own page may ask it anything.
 *
 * @throws if the port is taken
 */
export async function startStudio({ places, port = 0 }: StudioOptions): Promise<Studio> {
  const server = createServer({ maxHeaderSize: 8192, requestTimeout: 10_000 }, (request, response) => {
    const here = (server.address() as AddressInfo).port;
    respond(request, response, here, places);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  places: readonly string[],
): Promise<void> {
  try {
    checkRequest(request, port);
    await answer(places, request, response);
  } catch (error) {
    if (response.headersSent) {
      // The page went away while a file was sent, or the file did.
      response.destroy();
      return;
    }
    const { status, message, headers } =
      error instanceof Refusal ? error : new Refusal(500, `The studio failed: ${(error as Error).message}`);
    response.writeHead(status, { ...PAGE_HEADERS, 'content-type': 'text/plain; charset=utf-8', ...headers });
    response.end(`${message}\n`);
  }
}
