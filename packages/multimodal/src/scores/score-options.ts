import { either, integer, positiveInteger, string } from '@polygan/core';

/** A seed, as every score takes one. */
export const seedField = either(integer({ default: 0 }), string());

/** How many rows of a data set are looked at; those that there are, if there are fewer. */
export const rowsField = (rows: number) => positiveInteger({ default: rows });
