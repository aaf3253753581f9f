/** Pure rules about mails. Browser-safe. */

/** The reason kept with a mail that did not leave because what it would have told was no longer true. */
export const noLongerNeeded = "no longer needed";
