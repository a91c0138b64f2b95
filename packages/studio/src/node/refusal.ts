/** A request that is not answered, and why. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  /** @param status of HTTP: 400, 403, 404, 405, 413, 415 */
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
