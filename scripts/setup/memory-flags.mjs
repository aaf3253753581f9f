/**
 * Options of Node for the product. Left alone, Node lets the space for young objects grow so far on a machine with much memory that a
 * busy server holds 450 MB; with these it stays below 350 (docs/benchmarks.md).
 */
export const memoryFlags = ["--max-semi-space-size=16", "--heap-growing-percent=150"];
