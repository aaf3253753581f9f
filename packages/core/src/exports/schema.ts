/** Leads as a file. Browser-safe. */
import { z } from "zod";
import { leadSelectionSchema } from "../selection/schema";

/** A workbook, CSV as Excel opens it (with a byte-order mark), or CSV for programs (without, and nothing after the last row). */
const exportFormats = ["xlsx", "csv-excel", "csv"] as const;
export const exportFormatSchema = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

export const exportLeadsSchema = z.strictObject({
  selection: leadSelectionSchema,
  format: exportFormatSchema.default("xlsx"),
});
export type ExportLeads = z.output<typeof exportLeadsSchema>;

/** Rows of a sheet of Excel, without the head and the closing line. */
export const mostSheetRows = 1_048_574;
