import { z } from "zod";

export const wholeNumber = z.coerce.number().int();

/** Empty variables count as not set: compose files and CI write `NAME=`. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());
