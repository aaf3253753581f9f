/** Random bytes hardly repeat: of 32, fewer than 16 different ones happen by chance once in 10^10 times. */
export function isGuessable(secret: Buffer): boolean {
  return new Set(secret.subarray(0, 32)).size < 16;
}
